import { countedActions, type CountedAction } from '../../schemas/actions.ts';
import type { SwarmNode } from './swarm-node.ts';

/** Requests by action. */
export type RequestCounts = Record<CountedAction, number>;

/**
 * What was counted on one edge of the swarm: the requests of `from` to `to`, and how they were answered. Bytes are those
 * that the programs themselves sent: a list is counted as the tracker wrote it, not as the relay rewrote it.
 */
export interface EdgeCounts {
  readonly from: SwarmNode;
  readonly to: SwarmNode;
  readonly requests: RequestCounts;
  readonly refused: RequestCounts;
  /** Connections that `from` opened and `to` accepted. */
  connections: number;
  requestBytes: number;
  responseBytes: number;
}

/** A block that one node received. */
export interface Transfer {
  /** When its last byte passed the relay, on the clock of `performance.now()`. */
  readonly atMs: number;
  readonly to: number;
  readonly from: SwarmNode;
  readonly block: number;
}

/**
 * Counts everything that passes the relay. The only account of it: the figures of a result are derived from this one, in
 * bench/measurement. It trusts no name in a message: an edge is known by the port that was dialled.
 */
export class MessageCounter {
  readonly #edges = new Map<string, EdgeCounts>();
  readonly #registeredAtMs = new Map<number, number>();
  /** Keyed by receiver. */
  readonly #transfers = new Map<number, Transfer[]>();
  #gaps: string[] = [];
  #firstRequestAtMs: number | undefined;
  #lastRequestAtMs = 0;
  #transferCount = 0;

  edge(from: SwarmNode, to: SwarmNode): EdgeCounts {
    const key = `${from}>${to}`;
    let edge = this.#edges.get(key);
    if (!edge) {
      edge = { from, to, requests: noCounts(), refused: noCounts(), connections: 0, requestBytes: 0, responseBytes: 0 };
      this.#edges.set(key, edge);
    }
    return edge;
  }

  /** @param atMs on the clock of `performance.now()` */
  request(edge: EdgeCounts, action: CountedAction, atMs: number): void {
    edge.requests[action]++;
    this.#firstRequestAtMs ??= atMs;
    this.#lastRequestAtMs = atMs;
  }

  /**
   * Records a registration and the blocks that came with it.
   * @param atMs on the clock of `performance.now()`
   */
  registered(peer: number, inlineBlocks: readonly number[], atMs: number): void {
    if (!this.#registeredAtMs.has(peer)) this.#registeredAtMs.set(peer, atMs);
    for (const block of inlineBlocks) this.transferred({ atMs, to: peer, from: 'tracker', block });
  }

  transferred(transfer: Transfer): void {
    this.#transferCount++;
    const transfers = this.#transfers.get(transfer.to);
    if (transfers) transfers.push(transfer);
    else this.#transfers.set(transfer.to, [transfer]);
  }

  /** Records that something was not seen, which makes the counts unreliable. */
  gap(reason: string): void {
    if (!this.#gaps.includes(reason)) this.#gaps.push(reason);
  }

  /** Why the counts are unreliable; empty if they are reliable. */
  get gaps(): readonly string[] {
    return this.#gaps;
  }

  get edges(): Iterable<EdgeCounts> {
    return this.#edges.values();
  }

  /** On the clock of `performance.now()`; `undefined` before any request. */
  get firstRequestAtMs(): number | undefined {
    return this.#firstRequestAtMs;
  }

  get lastRequestAtMs(): number {
    return this.#lastRequestAtMs;
  }

  /** When the tracker's first success for this peer's registration passed, on the clock of `performance.now()`. */
  registeredAtMs(peer: number): number | undefined {
    return this.#registeredAtMs.get(peer);
  }

  /** Requests by action that this peer sent to the other peers or to the tracker. */
  sent(peer: number, to: 'peers' | 'tracker'): RequestCounts {
    return this.#sum((edge) => edge.from === peer && (edge.to === 'tracker') === (to === 'tracker'));
  }

  /** Requests by action that this peer's server received. */
  received(peer: number): RequestCounts {
    return this.#sum((edge) => edge.to === peer);
  }

  get transferCount(): number {
    return this.#transferCount;
  }

  /** Every block that one peer received, or all of them, in the order of time. */
  transfers(peer?: number): readonly Transfer[] {
    if (peer !== undefined) return this.#transfers.get(peer) ?? [];
    return [...this.#transfers.values()].flat().sort((a, b) => a.atMs - b.atMs);
  }

  #sum(includes: (edge: EdgeCounts) => boolean): RequestCounts {
    const total = noCounts();
    for (const edge of this.#edges.values()) {
      if (!includes(edge)) continue;
      for (const action of countedActions) total[action] += edge.requests[action];
    }
    return total;
  }
}

function noCounts(): RequestCounts {
  return Object.fromEntries(countedActions.map((action) => [action, 0])) as RequestCounts;
}
