import type { Address } from '../../launch/ports/address.ts';
import type { LinkShape } from '../relay/line-schedule.ts';
import { Relay } from '../relay/relay.ts';
import type { RelayListener } from '../relay/relay-listener.ts';
import { countsUnavailable } from './counts-unavailable.ts';
import type { MeasuredRun, RunCounts } from './measured-run.ts';
import { peerMessages } from './peer-messages.ts';
import { bytesOverLeast, peerTraffic } from './peer-traffic.ts';
import { transfers } from './transfers.ts';

export interface CountingOptions {
  readonly blocks: number;
  readonly fileBytes: number;
  readonly links?: LinkShape | undefined;
  readonly listener?: RelayListener | undefined;
}

/** A run with the relay between all programs. */
export class CountingRun implements MeasuredRun {
  readonly #relay: Relay;
  readonly #blocks: number;
  readonly #fileBytes: number;
  #peers = 0;

  constructor(tracker: Address, { blocks, fileBytes, links, listener }: CountingOptions) {
    this.#relay = new Relay(tracker, listener, links);
    this.#blocks = blocks;
    this.#fileBytes = fileBytes;
  }

  admit(peer: Address): Promise<Address> {
    this.#peers++;
    return this.#relay.admit(peer);
  }

  gone(peer: number): void {
    this.#relay.gone(peer);
  }

  firstRequestAtMs(): number | undefined {
    return this.#relay.counter.firstRequestAtMs;
  }

  registeredAtMs(peer: number): number | undefined {
    return this.#relay.counter.registeredAtMs(peer);
  }

  blocksTransferred(): number {
    return this.#relay.counter.transferCount;
  }

  quietForMs(): number {
    return performance.now() - this.#relay.counter.lastRequestAtMs;
  }

  counts(complete: readonly number[]): RunCounts {
    const { counter } = this.#relay;
    const unavailable = countsUnavailable(counter, complete, this.#blocks, this.#fileBytes);
    if (unavailable !== undefined) return { unavailable };
    const peers = Array.from({ length: this.#peers }, (_, peer) => {
      return { messages: peerMessages(counter, peer), traffic: peerTraffic(counter, peer) };
    });
    const allComplete = complete.length === this.#peers;
    return {
      peers,
      swarm: {
        transfers: transfers(counter),
        ...(allComplete && { bytesOverLeast: bytesOverLeast(counter, this.#fileBytes, this.#peers) }),
      },
    };
  }

  close(): Promise<void> {
    return this.#relay.close();
  }
}
