import { countsUnavailable, messageCounts } from './message-counts.ts';
import type { Counts, MeasuredRun } from './measurement.ts';
import { bytesOverLeast, peerTraffic } from './peer-traffic.ts';
import type { Address } from '../relay/relay-port.ts';
import type { LinkShape } from '../relay/line-schedule.ts';
import { Relay } from '../relay/relay.ts';
import type { Onlooker } from '../relay/tap.ts';
import { transfers } from './transfers.ts';

/** The file that a swarm shares, as far as counts go. */
export interface Share {
  readonly blocks: number;
  readonly fileBytes: number;
}

/** The pass with the relay between all programs. */
export class CountingRun implements MeasuredRun {
  readonly name = 'counting';
  readonly #relay: Relay;
  readonly #share: Share;
  #peers = 0;

  constructor(tracker: Address, share: Share, links?: LinkShape, onlooker?: Onlooker) {
    this.#relay = new Relay(tracker, onlooker, links);
    this.#share = share;
  }

  admit(peer: Address): Promise<Address> {
    this.#peers++;
    return this.#relay.admit(peer);
  }

  gone(peer: number): void {
    this.#relay.gone(peer);
  }

  firstRequestAtMs(): number | undefined {
    return this.#relay.traffic.firstRequestAtMs;
  }

  registeredAtMs(peer: number): number | undefined {
    return this.#relay.traffic.registeredAtMs(peer);
  }

  blocksHandedOver(): number {
    return this.#relay.traffic.transferCount;
  }

  quietForMs(): number {
    return performance.now() - this.#relay.traffic.lastRequestAtMs;
  }

  counts(complete: readonly number[]): Counts {
    const { traffic } = this.#relay;
    const { blocks, fileBytes } = this.#share;
    const unavailable = countsUnavailable(traffic, complete, blocks, fileBytes);
    if (unavailable !== undefined) return { unavailable };
    const peers = Array.from({ length: this.#peers }, (_, peer) => {
      return { messages: messageCounts(traffic, peer), traffic: peerTraffic(traffic, peer) };
    });
    const allComplete = complete.length === this.#peers;
    return {
      peers,
      swarm: {
        transfers: transfers(traffic),
        ...(allComplete && { bytesOverLeast: bytesOverLeast(traffic, fileBytes, this.#peers) }),
      },
    };
  }

  close(): Promise<void> {
    return this.#relay.close();
  }
}
