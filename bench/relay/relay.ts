import type { Address } from '../../launch/ports/address.ts';
import { countedActions } from '../../schemas/actions.ts';
import type { ConnectionListener } from './connection-reader.ts';
import type { LinkShape } from './line-schedule.ts';
import { memberValue } from './member-scanner.ts';
import { MessageCounter, type EdgeCounts } from './message-counter.ts';
import type { RelayListener } from './relay-listener.ts';
import { RelayPort } from './relay-port.ts';
import { rewritePeers } from './rewrite-peers.ts';

/** Requests whose answers may contain a list of peers: all but those for a block. */
const listing = countedActions.filter((action) => !action.startsWith('request_block'));

/**
 * Stands between all programs of a swarm without their help. Each peer gets a tracker port of its own, and the lists that
 * the tracker sends are rewritten: only this peer learns the ports at which it finds the other peers. So the dialled port
 * identifies both client and server.
 */
export class Relay {
  readonly counter = new MessageCounter();
  readonly #tracker: Address;
  readonly #peers: Address[] = [];
  /** One for each peer, in front of the tracker. */
  readonly #trackerPorts = new Set<RelayPort>();
  /** Keyed by client, then by server; opened when a list first names that pair. */
  readonly #peerPorts = new Map<number, Map<number, Promise<RelayPort>>>();
  readonly #gone = new Set<number>();
  readonly #listener: RelayListener | undefined;
  readonly #shape: LinkShape;

  /** @param shape of every edge, those to the tracker included */
  constructor(tracker: Address, listener?: RelayListener, shape: LinkShape = {}) {
    this.#tracker = tracker;
    this.#listener = listener;
    this.#shape = shape;
  }

  /**
   * Adds the next peer of the swarm, by the address that it will listen at.
   * @returns the tracker's address for this peer alone
   */
  async admit(peer: Address): Promise<Address> {
    const number = this.#peers.push(peer) - 1;
    const edge = this.counter.edge(number, 'tracker');
    const port = await RelayPort.open(this.#tracker, () => this.#trackerListener(number, edge), this.#shape);
    this.#trackerPorts.add(port);
    return port.address;
  }

  /** Call it when a peer's process has ended: the relay ports in front of it then refuse connections, as its own does. */
  gone(peer: number): void {
    this.#gone.add(peer);
    for (const ports of this.#peerPorts.values()) {
      void ports.get(peer)?.then(
        (port) => port.refuse(),
        () => undefined,
      );
    }
  }

  async close(): Promise<void> {
    const peerPorts = [...this.#peerPorts.values()].flatMap((row) => [...row.values()]);
    for (const port of this.#trackerPorts) port.close();
    for (const port of await Promise.allSettled(peerPorts)) if (port.status === 'fulfilled') port.value.close();
  }

  #trackerListener(client: number, edge: EdgeCounts): ConnectionListener {
    return {
      ...this.#counting(client, edge),
      rewrite: {
        actions: listing,
        apply: (request, response, members) => {
          if (request.action === 'register' && members.get('status')?.value === 'success') {
            const inline = members.get('initial_blocks_data');
            const blocks = inline && memberValue(response, inline);
            this.counter.registered(client, indicesIn(blocks), performance.now());
          }
          return rewritePeers(response, members.get('peers'), {
            detour: async (port) => {
              const detour = await this.#detour(client, port);
              if (!detour) this.#listener?.unseen();
              return detour;
            },
            onUnread: () => {
              this.counter.gap('the tracker sent a list of peers that could not be read');
              this.#listener?.unseen();
            },
          });
        },
      },
    };
  }

  #peerListener(client: number, edge: EdgeCounts): ConnectionListener {
    const counting = this.#counting(client, edge);
    return {
      ...counting,
      onResponse: (request, response) => {
        // Relay ports are valid for one client only: passed on to another peer, they attribute its messages wrongly.
        if (response.has('peers')) this.counter.gap('a peer sent another a list of peers');
        counting.onResponse(request, response);
      },
    };
  }

  #counting(client: number, edge: EdgeCounts): ConnectionListener {
    return {
      tap: this.#listener?.openTap(edge.from, edge.to),
      onConnected: () => edge.connections++,
      onRequestBytes: (count) => (edge.requestBytes += count),
      onResponseBytes: (count) => (edge.responseBytes += count),
      onRequest: ({ action }) => this.counter.request(edge, action, performance.now()),
      onResponse: ({ action, blockIndex }, response) => {
        if (response.get('status')?.value !== 'success') edge.refused[action]++;
        else if (blockIndex !== undefined && action.startsWith('request_block'))
          this.counter.transferred({ atMs: performance.now(), to: client, from: edge.to, block: blockIndex });
      },
      onLost: () => this.counter.gap('bytes that are not messages passed the relay'),
    };
  }

  async #detour(client: number, port: number): Promise<Address | undefined> {
    const server = this.#peers.findIndex((address) => address.port === port);
    if (server < 0) {
      this.counter.gap(`the tracker listed port ${port}, which belongs to no peer`);
      return undefined;
    }
    // The real port of an ended program refuses connections by itself.
    if (this.#gone.has(server)) return undefined;
    try {
      return (await this.#peerPort(client, server)).address;
    } catch (error) {
      this.counter.gap(`no relay port could be opened: ${String(error)}`);
      return undefined;
    }
  }

  #peerPort(client: number, server: number): Promise<RelayPort> {
    let row = this.#peerPorts.get(client);
    if (!row) this.#peerPorts.set(client, (row = new Map<number, Promise<RelayPort>>()));
    let port = row.get(server);
    if (!port) {
      const edge = this.counter.edge(client, server);
      port = RelayPort.open(this.#peers[server] as Address, () => this.#peerListener(client, edge), this.#shape);
      row.set(server, port);
    }
    return port;
  }
}

/** The block indices that are keys of `initial_blocks_data` (clause file.initial-data.inline). */
function indicesIn(inline: unknown): number[] {
  if (typeof inline !== 'object' || inline === null) return [];
  return Object.keys(inline)
    .filter((key) => /^\d{1,15}$/.test(key))
    .map(Number);
}
