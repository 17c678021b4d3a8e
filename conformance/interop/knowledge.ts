import { field, type JsonObject } from '../wire/message.ts';
import type { FileTruth } from './file-truth.ts';
import type { Observation, RequestSeen, ResponseSeen } from './observation.ts';
import type { SwarmNode } from '../../bench/relay/swarm-node.ts';

/**
 * What whoever has seen every message of a swarm knows. A message passes the observer before it arrives: nobody knows
 * earlier than the observer what stands in it.
 */
export class Knowledge {
  readonly blocks: number;
  readonly file: FileTruth;
  /** Something may have been said that was not seen: then nobody is known not to have or not to know something. */
  hasGaps = false;
  /** The ids that a peer has registered under. */
  readonly #ids = new Map<SwarmNode, Set<string>>();
  readonly #ports = new Map<string, Set<unknown>>();
  readonly #enteredAtMs = new Map<string, number>();
  /** Ids that were reported dead; the time of the first success, if one came. */
  readonly #reported = new Map<string, number | undefined>();
  readonly #had = new Map<SwarmNode, Set<number>>();
  /** By who was told, then by who has them. */
  readonly #told = new Map<SwarmNode, Map<SwarmNode, Set<number>>>();

  constructor(file: FileTruth, blocks: number) {
    this.file = file;
    this.blocks = blocks;
  }

  idsOf(peer: SwarmNode): ReadonlySet<string> {
    return this.#ids.get(peer) ?? new Set();
  }

  /** The ports that were ever to be registered for an id. */
  portsOf(id: string): ReadonlySet<unknown> {
    return this.#ports.get(id) ?? new Set();
  }

  /** The ids that were registered for certain when a request was sent at this time, and that nobody reported dead. */
  certainAt(atMs: number): string[] {
    return [...this.#enteredAtMs].filter(([id, at]) => at < atMs && !this.#reported.has(id)).map(([id]) => id);
  }

  /** Every id that may be registered. */
  possible(): string[] {
    return [...this.#ports.keys()];
  }

  /** Whether the tracker had taken an id out of its lists at this time. */
  isGoneAt(id: string, atMs: number): boolean {
    return (this.#reported.get(id) ?? Infinity) < atMs;
  }

  /** Whether a peer may have a block. */
  had(peer: SwarmNode, index: number): boolean {
    return this.hasGaps || this.#had.get(peer)?.has(index) === true;
  }

  /** Whether a peer may have all blocks: it may then end at any moment. */
  mayLeave(party: SwarmNode): boolean {
    return party !== 'tracker' && (this.hasGaps || (this.#had.get(party)?.size ?? 0) >= this.blocks);
  }

  /** Whether `peer` may know that `holder` has a block. */
  wasTold(peer: SwarmNode, holder: SwarmNode, index: number): boolean {
    return this.hasGaps || this.#told.get(peer)?.get(holder)?.has(index) === true;
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

  #learnRequest({ edge: { client, server } }: RequestSeen, request: JsonObject): void {
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
    // Receivers may go by the name in the announcement.
    const sender = field(request, 'sender_id');
    const named = [...this.#ids].filter(([, ids]) => typeof sender === 'string' && ids.has(sender));
    for (const holder of [client, ...named.map(([party]) => party)]) {
      this.#tell(server, holder, field(request, 'block_index'));
    }
  }

  #learnResponse({ edge: { client, server }, atMs }: ResponseSeen, request: JsonObject, response: JsonObject): void {
    if (field(response, 'status') !== 'success') return;
    const action = field(request, 'action');
    if (action === 'register') {
      const id = field(request, 'peer_id');
      if (typeof id === 'string' && !this.#enteredAtMs.has(id)) this.#enteredAtMs.set(id, atMs);
      const inline = field(response, 'initial_blocks_data');
      if (typeof inline === 'object' && inline !== null)
        for (const key of Object.keys(inline)) this.#give(client, +key);
    }
    if (action === 'peer_offline') {
      const dead = field(request, 'dead_peer_id');
      if (typeof dead === 'string' && this.#reported.has(dead) && this.#reported.get(dead) === undefined) {
        this.#reported.set(dead, atMs);
      }
    }
    if (action === 'request_block' || action === 'request_block_tracker') {
      this.#give(client, field(request, 'block_index'));
    }
    const blocks = field(response, 'blocks_info');
    if (action === 'have_blocks_info' && Array.isArray(blocks)) {
      blocks.forEach((has: unknown, index) => has === true && this.#tell(client, server, index));
    }
  }

  #give(peer: SwarmNode, index: unknown): void {
    if (typeof index === 'number') into(this.#had, peer, () => new Set<number>()).add(index);
  }

  #tell(peer: SwarmNode, holder: SwarmNode, index: unknown): void {
    if (typeof index !== 'number') return;
    const holders = into(this.#told, peer, () => new Map<SwarmNode, Set<number>>());
    into(holders, holder, () => new Set<number>()).add(index);
  }
}

function into<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
