import { field, type JsonObject } from '../wire/message.ts';
import type { KnownBlocks } from './known-blocks.ts';
import type { Observation, ObservedRequest, ObservedResponse } from './observation.ts';
import type { SwarmNode } from '../../bench/relay/swarm-node.ts';

/**
 * What the messages of a swarm show: which peers are registered, which blocks each may have and may know of. A message
 * passes the observer before it arrives, so that no program knows its content earlier.
 */
export class SwarmModel {
  readonly blocks: number;
  readonly file: KnownBlocks;
  /** Some messages may not have been observed: then every peer may have and know everything. */
  hasGaps = false;
  /** The ids that a peer has registered under. */
  readonly #ids = new Map<SwarmNode, Set<string>>();
  readonly #ports = new Map<string, Set<unknown>>();
  readonly #enteredAtMs = new Map<string, number>();
  /** The ids reported dead; the time of the first success, if any. */
  readonly #reported = new Map<string, number | undefined>();
  readonly #owned = new Map<SwarmNode, Set<number>>();
  /** The blocks that a peer may know of: by peer, then by their holder. */
  readonly #informed = new Map<SwarmNode, Map<SwarmNode, Set<number>>>();

  constructor(file: KnownBlocks, blocks: number) {
    this.file = file;
    this.blocks = blocks;
  }

  idsOf(peer: SwarmNode): ReadonlySet<string> {
    return this.#ids.get(peer) ?? new Set();
  }

  /** All ports that an id was registered with. */
  portsOf(id: string): ReadonlySet<unknown> {
    return this.#ports.get(id) ?? new Set();
  }

  /** The ids that were certainly registered at this time, and not reported dead. */
  certainAt(atMs: number): string[] {
    return [...this.#enteredAtMs].filter(([id, at]) => at < atMs && !this.#reported.has(id)).map(([id]) => id);
  }

  /** Every id that may be registered. */
  possible(): string[] {
    return [...this.#ports.keys()];
  }

  /** Whether the tracker had certainly removed an id at this time. */
  isGoneAt(id: string, atMs: number): boolean {
    return (this.#reported.get(id) ?? Infinity) < atMs;
  }

  /** Whether a peer may have a block. */
  had(peer: SwarmNode, index: number): boolean {
    return this.hasGaps || this.#owned.get(peer)?.has(index) === true;
  }

  /** Whether a peer may have all blocks: it may then end at any moment. */
  mayLeave(node: SwarmNode): boolean {
    return node !== 'tracker' && (this.hasGaps || (this.#owned.get(node)?.size ?? 0) >= this.blocks);
  }

  /** Whether `peer` may know that `holder` has a block. */
  wasTold(peer: SwarmNode, holder: SwarmNode, index: number): boolean {
    return this.hasGaps || this.#informed.get(peer)?.get(holder)?.has(index) === true;
  }

  learn(observation: Observation): void {
    if (observation.kind === 'request' && 'value' in observation.reading) {
      this.#learnRequest(observation, observation.reading.value);
    }
    if (observation.kind === 'response' && 'value' in observation.reading) {
      const request = observation.request?.reading;
      if (request && 'value' in request) this.#learnResponse(observation, request.value, observation.reading.value);
    }
  }

  #learnRequest({ connection: { client, server } }: ObservedRequest, request: JsonObject): void {
    const action = field(request, 'action');
    const id = field(request, 'peer_id');
    if (action === 'register' && typeof id === 'string') {
      into(this.#ids, client, () => new Set<string>()).add(id);
      into(this.#ports, id, () => new Set()).add(field(request, 'listen_port'));
      this.#reported.delete(id);
    }
    const dead = field(request, 'dead_peer_id');
    if (action === 'peer_offline' && typeof dead === 'string' && !this.#reported.has(dead)) {
      this.#reported.set(dead, undefined);
    }
    if (action !== 'announce_block') return;
    // Receivers may identify the holder by the id in the announcement.
    const sender = field(request, 'sender_id');
    const named = [...this.#ids].filter(([, ids]) => typeof sender === 'string' && ids.has(sender));
    for (const holder of [client, ...named.map(([node]) => node)]) {
      this.#inform(server, holder, field(request, 'block_index'));
    }
  }

  #learnResponse(
    { connection: { client, server }, atMs }: ObservedResponse,
    request: JsonObject,
    response: JsonObject,
  ): void {
    if (field(response, 'status') !== 'success') return;
    const action = field(request, 'action');
    if (action === 'register') {
      const id = field(request, 'peer_id');
      if (typeof id === 'string' && !this.#enteredAtMs.has(id)) this.#enteredAtMs.set(id, atMs);
      const inline = field(response, 'initial_blocks_data');
      if (typeof inline === 'object' && inline !== null)
        for (const key of Object.keys(inline)) this.#receive(client, +key);
    }
    if (action === 'peer_offline') {
      const dead = field(request, 'dead_peer_id');
      if (typeof dead === 'string' && this.#reported.has(dead) && this.#reported.get(dead) === undefined) {
        this.#reported.set(dead, atMs);
      }
    }
    if (action === 'request_block' || action === 'request_block_tracker') {
      this.#receive(client, field(request, 'block_index'));
    }
    const blocks = field(response, 'blocks_info');
    if (action === 'have_blocks_info' && Array.isArray(blocks)) {
      blocks.forEach((has: unknown, index) => has === true && this.#inform(client, server, index));
    }
  }

  #receive(peer: SwarmNode, index: unknown): void {
    if (typeof index === 'number') into(this.#owned, peer, () => new Set<number>()).add(index);
  }

  #inform(peer: SwarmNode, holder: SwarmNode, index: unknown): void {
    if (typeof index !== 'number') return;
    const holders = into(this.#informed, peer, () => new Map<SwarmNode, Set<number>>());
    into(holders, holder, () => new Set<number>()).add(index);
  }
}

function into<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
