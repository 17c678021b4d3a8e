import { actions } from './actions.ts';
import type { Listener } from './connection-reader.ts';
import { Front, type Address } from './relay-port.ts';
import type { LinkShape } from './line-schedule.ts';
import { memberValue } from './message-scanner.ts';
import { rewritePeers } from './rewrite-peers.ts';
import type { Onlooker } from './tap.ts';
import { Traffic, type Link } from './traffic.ts';

/** Requests whose answers are searched for a list of peers: all whose answers are no block. */
const listing = [...actions, 'other' as const].filter((action) => !action.startsWith('request_block'));

/**
 * Stands between all programs of a swarm without their help. Each peer gets a tracker port of its own, and the tracker's
 * lists are rewritten for their requester: each other peer is found at a port that only this requester is told of. So the
 * port that was dialled says who speaks and to whom.
 */
export class Relay {
  readonly traffic = new Traffic();
  readonly #tracker: Address;
  readonly #peers: Address[] = [];
  readonly #fronts = new Set<Front>();
  /** Keyed by requester, then by the other peer; opened when a list first names that pair. */
  readonly #edges = new Map<number, Map<number, Promise<Front>>>();
  readonly #gone = new Set<number>();
  readonly #onlooker: Onlooker | undefined;
  readonly #shape: LinkShape;

  /** @param shape of every edge, those to the tracker included */
  constructor(tracker: Address, onlooker?: Onlooker, shape: LinkShape = {}) {
    this.#tracker = tracker;
    this.#onlooker = onlooker;
    this.#shape = shape;
  }

  /**
   * Takes in the next peer of the swarm, by the address it will listen at.
   * @returns where this peer, and nobody else, is to look for its tracker
   */
  async admit(peer: Address): Promise<Address> {
    const number = this.#peers.push(peer) - 1;
    const link = this.traffic.link(number, 'tracker');
    const front = await Front.open(this.#tracker, () => this.#trackerListener(number, link), this.#shape);
    this.#fronts.add(front);
    return front.address;
  }

  /** Takes notice that a peer's process has ended: its ports refuse connections, as its own port does. */
  gone(peer: number): void {
    this.#gone.add(peer);
    for (const edges of this.#edges.values()) {
      void edges.get(peer)?.then(
        (front) => front.refuse(),
        () => undefined,
      );
    }
  }

  async close(): Promise<void> {
    const edges = [...this.#edges.values()].flatMap((row) => [...row.values()]);
    for (const front of this.#fronts) front.close();
    for (const edge of await Promise.allSettled(edges)) if (edge.status === 'fulfilled') edge.value.close();
  }

  #trackerListener(requester: number, link: Link): Listener {
    return {
      ...this.#counter(requester, link),
      rewrite: {
        actions: listing,
        apply: (request, response, members) => {
          if (request.action === 'register' && members.get('status')?.value === 'success') {
            const inline = members.get('initial_blocks_data');
            const blocks = inline && memberValue(response, inline);
            this.traffic.registered(requester, indicesIn(blocks), performance.now());
          }
          return rewritePeers(response, members.get('peers'), {
            detour: async (port) => {
              const detour = await this.#detour(requester, port);
              if (!detour) this.#onlooker?.unseen();
              return detour;
            },
            onUnread: () => {
              this.traffic.gap('the tracker gave a list of peers that could not be read');
              this.#onlooker?.unseen();
            },
          });
        },
      },
    };
  }

  #peerListener(from: number, link: Link): Listener {
    const counter = this.#counter(from, link);
    return {
      ...counter,
      onResponse: (request, response) => {
        // The ports in it were meant for the one that tells of them.
        if (response.has('peers')) this.traffic.gap('a peer told another of peers');
        counter.onResponse(request, response);
      },
    };
  }

  #counter(from: number, link: Link): Listener {
    return {
      tap: this.#onlooker?.openTap(link.from, link.to),
      onConnected: () => link.connections++,
      onRequestBytes: (count) => (link.requestBytes += count),
      onResponseBytes: (count) => (link.responseBytes += count),
      onRequest: ({ action }) => this.traffic.request(link, action, performance.now()),
      onResponse: ({ action, blockIndex }, response) => {
        if (response.get('status')?.value !== 'success') link.refused[action]++;
        else if (blockIndex !== undefined && action.startsWith('request_block'))
          this.traffic.transferred({ atMs: performance.now(), to: from, from: link.to, block: blockIndex });
      },
      onLost: () => this.traffic.gap('bytes that are no messages passed by'),
    };
  }

  async #detour(requester: number, port: number): Promise<Address | undefined> {
    const peer = this.#peers.findIndex((address) => address.port === port);
    if (peer < 0) {
      this.traffic.gap(`the tracker listed port ${port}, which was given to no peer`);
      return undefined;
    }
    // The real port of an ended program refuses connections by itself.
    if (this.#gone.has(peer)) return undefined;
    try {
      return (await this.#edge(requester, peer)).address;
    } catch (error) {
      this.traffic.gap(`no relay port could be opened: ${String(error)}`);
      return undefined;
    }
  }

  #edge(from: number, to: number): Promise<Front> {
    let row = this.#edges.get(from);
    if (!row) this.#edges.set(from, (row = new Map<number, Promise<Front>>()));
    let edge = row.get(to);
    if (!edge) {
      const link = this.traffic.link(from, to);
      edge = Front.open(this.#peers[to] as Address, () => this.#peerListener(from, link), this.#shape);
      row.set(to, edge);
    }
    return edge;
  }
}

/** The block indices that `initial_blocks_data` names in decimal (decisions 2.4). */
function indicesIn(inline: unknown): number[] {
  if (typeof inline !== 'object' || inline === null) return [];
  return Object.keys(inline)
    .filter((key) => /^\d{1,15}$/.test(key))
    .map(Number);
}
