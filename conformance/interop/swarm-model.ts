import { field, type JsonObject } from '../wire/message.ts';
import type { KnownBlocks } from './known-blocks.ts';
import { Membership, type Span } from './membership.ts';
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
  readonly membership = new Membership();
  /** The servers that have refused a connection. */
  readonly #refused = new Set<SwarmNode>();
  readonly #owned = new Map<SwarmNode, Set<number>>();
  readonly #completeAtMs = new Map<SwarmNode, number>();
  /** The blocks that a peer has announced or given, with the time of the first such message. */
  readonly #shownAtMs = new Map<SwarmNode, Map<number, number>>();
  /** The blocks that a peer may know of: by peer, then by their holder. */
  readonly #informed = new Map<SwarmNode, Map<SwarmNode, Set<number>>>();

  /** The actions that a server has answered. */
  readonly #answered = new Map<SwarmNode, Set<unknown>>();
  readonly #answeredAfterHalfClose = new Set<SwarmNode>();

  constructor(file: KnownBlocks, blocks: number) {
    this.file = file;
    this.blocks = blocks;
  }

  /**
   * The ids that are certainly registered at every moment of a span. Those of peers that may have ended are not: a tracker
   * may forget a peer that it cannot connect to.
   */
  certainDuring(during: Span): string[] {
    const { membership } = this;
    return membership
      .ids()
      .filter(
        (id) => membership.isRegistered(id, during) && !membership.nodesOf(id).some((node) => this.#mayBeDown(node)),
      );
  }

  /** Whether a peer may have a block. */
  had(peer: SwarmNode, index: number): boolean {
    return this.hasGaps || this.#owned.get(peer)?.has(index) === true;
  }

  /** Whether a peer certainly has a block at every moment of a span: it has announced or given it before. */
  certainlyHas(peer: SwarmNode, index: number, during: Span): boolean {
    return (this.#shownAtMs.get(peer)?.get(index) ?? Infinity) < during.fromMs;
  }

  /** Whether a peer may have all blocks, now or at an earlier time: it may then end at any moment. */
  mayLeave(node: SwarmNode, atMs = Infinity): boolean {
    return node !== 'tracker' && (this.hasGaps || this.#wasComplete(node, atMs));
  }

  /**
   * Whether the action explains that a server did not answer a client that had closed its sending side: it has answered other
   * such clients, or other actions and never this one.
   */
  ignoresAction(server: SwarmNode, action: string): boolean {
    const answered = this.#answered.get(server);
    return this.#answeredAfterHalfClose.has(server) || (answered !== undefined && !answered.has(action));
  }

  /** Whether `peer` may know that `holder` has a block. */
  wasTold(peer: SwarmNode, holder: SwarmNode, index: number): boolean {
    return this.hasGaps || this.#informed.get(peer)?.get(holder)?.has(index) === true;
  }

  learn(observation: Observation): void {
    if (observation.kind === 'refused') this.#refused.add(observation.connection.server);
    if (observation.kind === 'request' && 'value' in observation.reading) {
      this.membership.learnRequest(observation);
      this.#learnRequest(observation, observation.reading.value);
    }
    if (observation.kind === 'response') {
      this.membership.learnResponse(observation);
      const request = observation.request?.reading;
      if (observation.isAfterHalfClose) this.#answeredAfterHalfClose.add(observation.connection.server);
      if ('value' in observation.reading && request && 'value' in request) {
        this.#learnResponse(observation, request.value, observation.reading.value);
      }
    }
  }

  #learnRequest({ connection: { client, server }, atMs }: ObservedRequest, request: JsonObject): void {
    if (field(request, 'action') !== 'announce_block') return;
    const index = field(request, 'block_index');
    this.#show(client, index, atMs);
    // Receivers may identify the holder by the id in the announcement.
    const sender = field(request, 'sender_id');
    const named = typeof sender === 'string' ? this.membership.nodesOf(sender) : [];
    for (const holder of [client, ...named]) this.#inform(server, holder, index);
  }

  #learnResponse(
    { connection: { client, server }, atMs }: ObservedResponse,
    request: JsonObject,
    response: JsonObject,
  ): void {
    const action = field(request, 'action');
    into(this.#answered, server, () => new Set()).add(action);
    if (field(response, 'status') !== 'success') return;
    const inline = field(response, 'initial_blocks_data');
    if (action === 'register' && typeof inline === 'object' && inline !== null) {
      for (const key of Object.keys(inline)) this.#receive(client, +key, atMs);
    }
    if (action === 'request_block' || action === 'request_block_tracker') {
      const index = field(request, 'block_index');
      this.#receive(client, index, atMs);
      this.#show(server, index, atMs);
    }
    const blocks = field(response, 'blocks_info');
    if (action === 'have_blocks_info' && Array.isArray(blocks)) {
      blocks.forEach((has: unknown, index) => has === true && this.#inform(client, server, index));
    }
  }

  #wasComplete(node: SwarmNode, atMs: number): boolean {
    const completeAtMs = this.#completeAtMs.get(node);
    return completeAtMs !== undefined && completeAtMs <= atMs;
  }

  /** Whether a peer may have ended: it may have all blocks, or has refused a connection. */
  #mayBeDown(node: SwarmNode): boolean {
    return this.mayLeave(node) || this.#refused.has(node);
  }

  #receive(peer: SwarmNode, index: unknown, atMs: number): void {
    if (typeof index !== 'number') return;
    const owned = into(this.#owned, peer, () => new Set<number>()).add(index);
    if (owned.size >= this.blocks && !this.#completeAtMs.has(peer)) this.#completeAtMs.set(peer, atMs);
  }

  #show(peer: SwarmNode, index: unknown, atMs: number): void {
    if (typeof index !== 'number') return;
    const shown = into(this.#shownAtMs, peer, () => new Map<number, number>());
    if (!shown.has(index)) shown.set(index, atMs);
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
