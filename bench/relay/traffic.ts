import { actions, type Action } from './actions.ts';

/** Who stands at an end of a link: a peer, by its number in the swarm, or the tracker. */
export type Party = number | 'tracker';

export type ActionCounts = Record<Action, number>;

/** What went over one direction of the swarm: the requests of `from` to `to`, and how they were answered. */
export interface Link {
  readonly from: Party;
  readonly to: Party;
  readonly requests: ActionCounts;
  readonly refused: ActionCounts;
  /** The index of each block that `to` handed to `from`, in the order of delivery. */
  readonly blocks: number[];
}

export function noCounts(): ActionCounts {
  return Object.fromEntries([...actions, 'other'].map((action) => [action, 0])) as ActionCounts;
}

/** Everything that the relay saw. It believes no name in a message: a link is known by the port that was dialled. */
export class Traffic {
  readonly #links = new Map<string, Link>();
  readonly #registeredAtMs = new Map<number, number>();
  readonly #inlineBlocks = new Map<number, number>();
  #gaps: string[] = [];
  #lastRequestAtMs = 0;

  link(from: Party, to: Party): Link {
    const key = `${from}>${to}`;
    let link = this.#links.get(key);
    if (!link) this.#links.set(key, (link = { from, to, requests: noCounts(), refused: noCounts(), blocks: [] }));
    return link;
  }

  /** @param atMs on the clock of `performance.now()` */
  request(link: Link, action: Action, atMs: number): void {
    link.requests[action]++;
    this.#lastRequestAtMs = atMs;
  }

  registered(peer: number, inlineBlocks: number, atMs: number): void {
    if (!this.#registeredAtMs.has(peer)) this.#registeredAtMs.set(peer, atMs);
    this.#inlineBlocks.set(peer, Math.max(inlineBlocks, this.#inlineBlocks.get(peer) ?? 0));
  }

  /** Notes that something went unseen, so that no count of this swarm is to be believed. */
  gap(reason: string): void {
    if (!this.#gaps.includes(reason)) this.#gaps.push(reason);
  }

  /** Why the counts are not to be believed; empty when they are. */
  get gaps(): readonly string[] {
    return this.#gaps;
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

  /** How many different blocks this peer was seen to get, with the registration or by request. */
  blocksSeen(peer: number): number {
    const blocks = new Set<number>();
    for (const link of this.#links.values()) {
      if (link.from === peer) for (const block of link.blocks) blocks.add(block);
    }
    return blocks.size + (this.#inlineBlocks.get(peer) ?? 0);
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
