import type { Listener } from './dialogue.ts';
import { Front, type Address } from './front.ts';
import { memberValue } from './message-skimmer.ts';
import { rewritePeers } from './rewrite-peers.ts';
import type { Onlooker } from './tap.ts';
import { Traffic, type Link } from './traffic.ts';

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

  constructor(tracker: Address, onlooker?: Onlooker) {
    this.#tracker = tracker;
    this.#onlooker = onlooker;
  }

  /**
   * Takes in the next peer of the swarm, by the address it will listen at.
   * @returns where this peer, and nobody else, is to look for its tracker
   */
  async admit(peer: Address): Promise<Address> {
    const number = this.#peers.push(peer) - 1;
    const link = this.traffic.link(number, 'tracker');
    const front = await Front.open(this.#tracker, () => this.#trackerListener(number, link));
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
      ...this.#counter(link),
      rewrite: {
        actions: ['register', 'get_peers'],
        apply: (request, response, members) => {
          if (request.action === 'register' && members.get('status')?.value === 'success') {
            const inline = members.get('initial_blocks_data');
            const blocks = inline && memberValue(response, inline);
            const inlineBlocks = typeof blocks === 'object' && blocks !== null ? Object.keys(blocks).length : 0;
            this.traffic.registered(requester, inlineBlocks, performance.now());
          }
          return rewritePeers(response, members.get('peers'), async (port) => {
            const detour = await this.#detour(requester, port);
            if (!detour) this.#onlooker?.unseen();
            return detour;
          });
        },
      },
    };
  }

  #counter(link: Link): Listener {
    return {
      tap: this.#onlooker?.openTap(link.from, link.to),
      onRequest: ({ action }) => this.traffic.request(link, action, performance.now()),
      onResponse: ({ action, blockIndex }, response) => {
        if (response.get('status')?.value !== 'success') link.refused[action]++;
        else if (blockIndex !== undefined && action.startsWith('request_block')) link.blocks.push(blockIndex);
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
      edge = Front.open(this.#peers[to] as Address, () => this.#counter(link));
      row.set(to, edge);
    }
    return edge;
  }
}
