import { actions, type Action } from './actions.ts';

/** Who stands at an end of a link: a peer, by its number in the swarm, or the tracker. */
export type Party = number | 'tracker';

export type ActionCounts = Record<Action, number>;

/**
 * What went over one direction of the swarm: the requests of `from` to `to`, and how they were answered. Bytes are those
 * that the programs themselves sent: a list is counted as the tracker wrote it, not as the relay rewrote it.
 */
export interface Link {
  readonly from: Party;
  readonly to: Party;
  readonly requests: ActionCounts;
  readonly refused: ActionCounts;
  /** Connections that `from` opened and `to` accepted. */
  connections: number;
  requestBytes: number;
  responseBytes: number;
}

/** A block that was handed over. */
export interface Transfer {
  /** When its last byte passed by, on the clock of `performance.now()`. */
  readonly atMs: number;
  readonly to: number;
  readonly from: Party;
  readonly block: number;
}

function noCounts(): ActionCounts {
  return Object.fromEntries([...actions, 'other'].map((action) => [action, 0])) as ActionCounts;
}

/** Everything that the relay saw. It believes no name in a message: a link is known by the port that was dialled. */
export class Traffic {
  readonly #links = new Map<string, Link>();
  readonly #registeredAtMs = new Map<number, number>();
  /** Keyed by receiver. */
  readonly #transfers = new Map<number, Transfer[]>();
  #gaps: string[] = [];
  #firstRequestAtMs: number | undefined;
  #lastRequestAtMs = 0;
  #transferCount = 0;

  link(from: Party, to: Party): Link {
    const key = `${from}>${to}`;
    let link = this.#links.get(key);
    if (!link) {
      link = { from, to, requests: noCounts(), refused: noCounts(), connections: 0, requestBytes: 0, responseBytes: 0 };
      this.#links.set(key, link);
    }
    return link;
  }

  /** @param atMs on the clock of `performance.now()` */
  request(link: Link, action: Action, atMs: number): void {
    link.requests[action]++;
    this.#firstRequestAtMs ??= atMs;
    this.#lastRequestAtMs = atMs;
  }

  /**
   * Notes a registration, with the blocks that came with it.
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

  /** Notes that something went unseen, so that no count of this swarm is to be believed. */
  gap(reason: string): void {
    if (!this.#gaps.includes(reason)) this.#gaps.push(reason);
  }

  /** Why the counts are not to be believed; empty when they are. */
  get gaps(): readonly string[] {
    return this.#gaps;
  }

  get links(): Iterable<Link> {
    return this.#links.values();
  }

  /** On the clock of `performance.now()`; `undefined` before any request. */
  get firstRequestAtMs(): number | undefined {
    return this.#firstRequestAtMs;
  }

  get lastRequestAtMs(): number {
    return this.#lastRequestAtMs;
  }

  /** When the tracker's first success for this peer's registration passed by, on the clock of `performance.now()`. */
  registeredAtMs(peer: number): number | undefined {
    return this.#registeredAtMs.get(peer);
  }

  /** Requests by action that this peer sent to the given kind of receiver. */
  sent(peer: number, to: 'peers' | 'tracker'): ActionCounts {
    return this.#sum((link) => link.from === peer && (link.to === 'tracker') === (to === 'tracker'));
  }

  /** Requests by action that this peer's own server received. */
  received(peer: number): ActionCounts {
    return this.#sum((link) => link.to === peer);
  }

  get transferCount(): number {
    return this.#transferCount;
  }

  /** Every block handed to one peer, or to all of them, in the order of time. */
  transfers(peer?: number): readonly Transfer[] {
    if (peer !== undefined) return this.#transfers.get(peer) ?? [];
    return [...this.#transfers.values()].flat().sort((a, b) => a.atMs - b.atMs);
  }

  #sum(counts: (link: Link) => boolean): ActionCounts {
    const total = noCounts();
    for (const link of this.#links.values()) {
      if (!counts(link)) continue;
      for (const action of [...actions, 'other'] as const) total[action] += link.requests[action];
    }
    return total;
  }
}
