import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ServerUnderTest } from '../stage/server-under-test.ts';
import { CannotJudge } from '../violation.ts';
import type { Address } from '../wire/connection.ts';
import { answersWithinMs, isTakenToStayAfterMs, trailsWithinMs } from '../time-limits.ts';

/** A server that somebody else runs: all that can be known of it is whether it accepts connections. */
export class RunningServer implements ServerUnderTest {
  readonly address: Address;
  readonly #request: object;

  /** @param request that it answers without changing its state */
  constructor(address: Address, request: object) {
    this.address = address;
    this.#request = request;
  }

  async crash(patienceMs = 0): Promise<string | undefined> {
    if (patienceMs > 0) await wait(patienceMs);
    const arrival = await arrive(this.address, this.#request);
    if ('localAddress' in arrival) return undefined;
    return `nobody accepts connections at ${addressText(this.address)} any more (${arrival.problem})`;
  }

  memoryPeakBytes(): undefined {
    return undefined;
  }

  stderr(): string {
    return '';
  }

  release(): Promise<void> {
    return Promise.resolve();
  }
}

/** A peer that somebody else runs: once it is complete it may leave, so that its end tells nothing unless it had stayed. */
export class RunningPeerServer extends RunningServer {
  #completeSinceMs: number | undefined;

  /** It has said that it has all blocks. */
  get isComplete(): boolean {
    return this.#completeSinceMs !== undefined;
  }

  /** It has said whether it has all blocks. */
  sawComplete(complete: boolean): void {
    if (!complete) this.#completeSinceMs = undefined;
    else this.#completeSinceMs ??= performance.now();
  }

  override async crash(patienceMs = 0): Promise<string | undefined> {
    const end = await super.crash(patienceMs);
    const stays =
      this.#completeSinceMs !== undefined && performance.now() - this.#completeSinceMs > isTakenToStayAfterMs;
    if (end === undefined || stays) return end;
    throw new CannotJudge(`not testable: ${end}: it has fallen over, or left with its complete file`);
  }
}

/**
 * Connects and does an honest exchange, so that not even a server that dies of an empty connection is disturbed.
 * @returns the address that the connection came from, or why there was none; what the answer says does not matter
 */
export function arrive(
  { host, port }: Address,
  request: object,
): Promise<{ localAddress: string } | { problem: string }> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let timer = setTimeout(
      () => socket.destroy(new Error(`no connection within ${answersWithinMs} ms`)),
      answersWithinMs,
    );
    socket.once('connect', () => {
      const { localAddress = '127.0.0.1' } = socket;
      const there = (): void => resolve({ localAddress });
      clearTimeout(timer);
      timer = setTimeout(() => socket.destroy(), trailsWithinMs);
      socket.write(JSON.stringify(request));
      socket.once('data', there).once('close', there);
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ problem: error.message === '' ? (error.code ?? 'no connection') : error.message }),
    );
    socket.once('close', () => clearTimeout(timer));
  });
}

/** HOST:PORT, with an IPv6 address in brackets. */
export function addressText({ host, port }: Address): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
