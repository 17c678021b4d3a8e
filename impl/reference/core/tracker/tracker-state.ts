import type { GetPeersSuccess, PeerEntry, RegisterSuccess } from '../../../../schemas/types.ts';
import { sample, type Random } from '../random.ts';
import type { TrackerRequest } from '../wire/requests.ts';
import { InitialBlocks } from './initial-blocks.ts';

/** The most peers in an answer to get_peers (tracker.get-peers.at-most-five). */
const listedPeers = 5;

/** What the I/O layer has to do for a request. */
export type TrackerEffect =
  | { readonly type: 'respond'; readonly response: object }
  | { readonly type: 'send-block'; readonly index: number }
  /** Find out whether `suspect` accepts connections, then call {@link TrackerState.suspectChecked}. */
  | { readonly type: 'check-peer'; readonly suspect: PeerEntry };

export interface TrackerOptions {
  readonly totalBlocks: number;
  readonly initialBlocks: number;
  readonly random: Random;
}

/** What the tracker knows of the swarm, and its answer to each request (clauses `tracker.*`). */
export class TrackerState {
  readonly #totalBlocks: number;
  readonly #initialBlocks: InitialBlocks;
  readonly #random: Random;
  readonly #peers = new Map<string, PeerEntry>();
  readonly #designated = new Map<string, number[]>();
  /** The ids of `#peers` in any order, to draw from in time that does not grow with the swarm. */
  readonly #ids: string[] = [];

  constructor({ totalBlocks, initialBlocks, random }: TrackerOptions) {
    this.#totalBlocks = totalBlocks;
    this.#initialBlocks = new InitialBlocks(totalBlocks, initialBlocks, random);
    this.#random = random;
  }

  get peerCount(): number {
    return this.#peers.size;
  }

  /** What to do for a request from the address `sourceIp`. */
  handle(request: TrackerRequest, sourceIp: string): TrackerEffect {
    switch (request.action) {
      case 'register':
        return respond(this.#register({ peer_id: request.peer_id, ip: sourceIp, port: request.listen_port }));
      case 'get_peers':
        return respond(this.#getPeers(request.peer_id));
      case 'request_block_tracker':
        return this.#requestBlock(request.block_index);
      case 'peer_offline':
        return this.#peerOffline(request.dead_peer_id, request.sender_id);
    }
  }

  /** The response to the peer that reported the suspect, once the suspect is checked. */
  suspectChecked(suspect: PeerEntry, acceptsConnections: boolean): object {
    if (acceptsConnections) return error(`${suspect.peer_id} accepts connections, so it stays`);
    // It may have registered again during the check: then it stays.
    if (this.#peers.get(suspect.peer_id) === suspect) this.#remove(suspect.peer_id);
    return { status: 'success' };
  }

  #register(entry: PeerEntry): RegisterSuccess {
    const peers = [...this.#peers.values()].filter(({ peer_id }) => peer_id !== entry.peer_id);
    if (!this.#peers.has(entry.peer_id)) {
      this.#ids.push(entry.peer_id);
      this.#designated.set(entry.peer_id, this.#initialBlocks.designate());
    }
    this.#peers.set(entry.peer_id, entry);
    return { status: 'success', initial_blocks: this.#designated.get(entry.peer_id) ?? [], peers };
  }

  #getPeers(peerId: string): GetPeersSuccess | object {
    if (!this.#peers.has(peerId)) return error('not registered');
    // One more than are listed: the requester may be among the drawn.
    const drawn = sample(this.#ids, listedPeers + 1, this.#random).filter((id) => id !== peerId);
    const peers = drawn.slice(0, listedPeers).map((id) => this.#peers.get(id) as PeerEntry);
    return { status: 'success', peers };
  }

  #requestBlock(index: number): TrackerEffect {
    if (index >= 0 && index < this.#totalBlocks) return { type: 'send-block', index };
    return respond({ ...error(`block_index must be in 0…${this.#totalBlocks - 1}`), block_index: index });
  }

  /**
   * Believes a peer about itself. A report about another peer is checked, so that nobody can remove a peer that is alive
   * (tracker.offline.may-verify).
   */
  #peerOffline(deadPeerId: string, senderId: string): TrackerEffect {
    const suspect = this.#peers.get(deadPeerId);
    if (suspect === undefined) return respond(error('no such peer'));
    if (senderId !== deadPeerId) return { type: 'check-peer', suspect };
    this.#remove(deadPeerId);
    return respond({ status: 'success' });
  }

  #remove(peerId: string): void {
    this.#peers.delete(peerId);
    this.#designated.delete(peerId);
    const last = this.#ids.pop() as string;
    if (last !== peerId) this.#ids[this.#ids.indexOf(peerId)] = last;
  }
}

function respond(response: object): TrackerEffect {
  return { type: 'respond', response };
}

function error(reason: string): { status: 'error'; reason: string } {
  return { status: 'error', reason };
}
