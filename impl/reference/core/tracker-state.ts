import type { GetPeersSuccess, PeerEntry, RegisterSuccess } from '../../../schemas/types.ts';
import { InitialBlocks } from './peer/initial-blocks.ts';
import { draw, type Random } from './random.ts';
import type { TrackerRequest } from './wire/requests.ts';

/** As many peers as get_peers lists at most (decision 3.2). */
const listedPeers = 5;

/** What the edge has to do for a request. */
export type TrackerEffect =
  | { readonly kind: 'respond'; readonly response: object }
  | { readonly kind: 'send-block'; readonly index: number }
  /** Look whether `suspect` accepts connections, then call {@link TrackerState.suspectChecked}. */
  | { readonly kind: 'check-peer'; readonly suspect: PeerEntry };

export interface TrackerOptions {
  readonly totalBlocks: number;
  readonly initialBlocks: number;
  readonly random: Random;
}

/** What the tracker knows of the swarm, and its answer to each request (decisions 3). */
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

  /** What to do for a request that came from the address `sourceIp`. */
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

  /** The end of a `check-peer`: the response to the peer that reported the suspect. */
  suspectChecked(suspect: PeerEntry, acceptsConnections: boolean): object {
    if (acceptsConnections) return error(`${suspect.peer_id} accepts connections, so it stays`);
    // Unless it has registered anew while it was being looked for.
    if (this.#peers.get(suspect.peer_id) === suspect) this.#remove(suspect.peer_id);
    return { status: 'success' };
  }

  #register(entry: PeerEntry): RegisterSuccess {
    const peers = [...this.#peers.values()].filter(({ peer_id }) => peer_id !== entry.peer_id);
    if (!this.#peers.has(entry.peer_id)) {
      this.#ids.push(entry.peer_id);
      this.#designated.set(entry.peer_id, this.#initialBlocks.deal());
    }
    this.#peers.set(entry.peer_id, entry);
    return { status: 'success', initial_blocks: this.#designated.get(entry.peer_id) ?? [], peers };
  }

  #getPeers(peerId: string): GetPeersSuccess | object {
    if (!this.#peers.has(peerId)) return error('not registered');
    // One more than are listed: the requester may be among the drawn.
    const drawn = draw(this.#ids, listedPeers + 1, this.#random).filter((id) => id !== peerId);
    const peers = drawn.slice(0, listedPeers).map((id) => this.#peers.get(id) as PeerEntry);
    return { status: 'success', peers };
  }

  #requestBlock(index: number): TrackerEffect {
    if (index >= 0 && index < this.#totalBlocks) return { kind: 'send-block', index };
    return respond({ ...error(`block_index must be in 0…${this.#totalBlocks - 1}`), block_index: index });
  }

  /** A peer is believed about itself. What others say of it is checked, so that nobody can be lied out of the swarm. */
  #peerOffline(deadPeerId: string, senderId: string): TrackerEffect {
    const suspect = this.#peers.get(deadPeerId);
    if (suspect === undefined) return respond(error('no such peer'));
    if (senderId !== deadPeerId) return { kind: 'check-peer', suspect };
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
  return { kind: 'respond', response };
}

function error(reason: string): { status: 'error'; reason: string } {
  return { status: 'error', reason };
}
