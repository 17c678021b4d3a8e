import type { SwarmNode } from '../../../../bench/relay/swarm-node.ts';
import type { JsonObject } from '../../../wire/message.ts';
import { block, entry } from './fake-traffic.ts';

/** What a client wants to do. It sends the request only if a correct peer may. */
export interface Step {
  readonly action: string;
  readonly client: number;
  readonly other: number;
  readonly block: number;
  /** Decides what the protocol leaves open. */
  readonly coin: boolean;
  /** The request passes at this time, the server acts after the first delay, and its response passes after the second. */
  readonly atMs: number;
  readonly actsAfterMs: number;
  readonly answersAfterMs: number;
}

export type Defect = 'newest-left-out' | 'nobody-removed' | 'requester-listed' | 'claims-all' | 'denies-announced';

const success = { status: 'success' };

/** A tracker and peers that act in one moment on each request. */
export class ModelPrograms {
  readonly #texts: readonly string[];
  readonly #defect: Defect | undefined;
  readonly #members = new Set<number>();
  readonly #owned: Set<number>[];
  readonly #informed: Set<string>[];

  constructor(texts: readonly string[], peers: number, defect: Defect | undefined) {
    this.#texts = texts;
    this.#defect = defect;
    this.#owned = Array.from({ length: peers }, () => new Set<number>());
    this.#informed = Array.from({ length: peers }, () => new Set<string>());
  }

  /** The request of a step, and its server; undefined if a correct peer does not send it. */
  request({ action, client, other, block: index }: Step): { server: SwarmNode; request: JsonObject } | undefined {
    const sender = { action, sender_id: `peer${client}` };
    const id = { action, peer_id: `peer${client}` };
    if (action === 'register') return { server: 'tracker', request: { ...id, listen_port: 5000 + client } };
    if (action === 'get_peers') return { server: 'tracker', request: id };
    if (action === 'peer_offline') return { server: 'tracker', request: { ...sender, dead_peer_id: `peer${other}` } };
    if (action === 'request_block_tracker') return { server: 'tracker', request: { ...sender, block_index: index } };
    if (other === client) return undefined;
    if (action === 'announce_block' && !this.#owned[client]?.has(index)) return undefined;
    if (action === 'request_block' && !this.#informed[client]?.has(`${other} ${index}`)) return undefined;
    const request = action === 'have_blocks_info' ? sender : { ...sender, block_index: index };
    return { server: other, request };
  }

  /** The server acts on the request of a step. @returns its response */
  act(step: Step, server: SwarmNode): JsonObject {
    return server === 'tracker' ? this.#actAsTracker(step) : this.#actAsPeer(step, server);
  }

  /** The client receives the response. */
  receive({ action, client, other, block: index }: Step, response: JsonObject): void {
    if (response['status'] !== 'success') return;
    if (action.startsWith('request_block')) this.#owned[client]?.add(index);
    const blocks = response['blocks_info'];
    if (!Array.isArray(blocks)) return;
    blocks.forEach((has, at) => has === true && this.#informed[client]?.add(`${other} ${at}`));
  }

  #actAsTracker({ action, client, other, block: index, coin }: Step): JsonObject {
    const isMember = this.#members.has(client);
    if (action === 'register') {
      const response = { ...success, initial_blocks: [], peers: this.#listFor(client) };
      this.#members.delete(client);
      this.#members.add(client);
      return response;
    }
    if (action === 'get_peers') {
      return isMember || coin ? { ...success, peers: this.#listFor(client) } : { status: 'error' };
    }
    if (action === 'request_block_tracker') {
      return isMember || coin ? (block(index, { block_data: this.#texts[index] }) as JsonObject) : { status: 'error' };
    }
    // It may find another peer alive, and keep it.
    if (client !== other && coin) return { status: 'error' };
    if (this.#defect !== 'nobody-removed') this.#members.delete(other);
    return success;
  }

  #listFor(client: number): object[] {
    const others = [...this.#members].filter((peer) => peer !== client || this.#defect === 'requester-listed');
    return (this.#defect === 'newest-left-out' ? others.slice(0, -1) : others).map(entry);
  }

  #actAsPeer({ action, client, block: index, coin }: Step, server: number): JsonObject {
    const owned = this.#owned[server] ?? new Set();
    if (action === 'announce_block') {
      this.#informed[server]?.add(`${client} ${index}`);
      return success;
    }
    if (action === 'request_block') {
      return owned.has(index) && coin ? (block(index) as JsonObject) : { status: 'error', block_index: index };
    }
    const claims = this.#defect === 'claims-all';
    const has = this.#texts.map((_text, at) => claims || (owned.has(at) && this.#defect !== 'denies-announced'));
    return { ...success, peer_id: `peer${server}`, blocks_info: has };
  }
}
