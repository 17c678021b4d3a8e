import { connect } from 'node:net';
import type { ServerUnderTest } from '../stage/server-under-test.ts';
import { CannotJudge } from '../violation.ts';
import type { Address } from '../wire/connection.ts';

const CONNECT_MS = 10_000;

/** A server that somebody else runs: all that can be known of it is whether it accepts connections. */
export class RunningServer implements ServerUnderTest {
  readonly address: Address;

  constructor(address: Address) {
    this.address = address;
  }

  async crash(): Promise<string | undefined> {
    const arrival = await arrive(this.address);
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

/** How long a peer must have been complete and there until it is taken for one that stays. */
const STAYS_MS = 10_000;

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

  override async crash(): Promise<string | undefined> {
    const end = await super.crash();
    const stays = this.#completeSinceMs !== undefined && performance.now() - this.#completeSinceMs > STAYS_MS;
    if (end === undefined || stays) return end;
    throw new CannotJudge(`not testable: ${end}: it has fallen over, or left with its complete file`);
  }
}

/** Connects and hangs up: the address that the connection came from, or why there was none. */
export function arrive({ host, port }: Address): Promise<{ localAddress: string } | { problem: string }> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const timer = setTimeout(() => socket.destroy(new Error(`no connection within ${CONNECT_MS} ms`)), CONNECT_MS);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve({ problem: error.message === '' ? (error.code ?? 'no connection') : error.message });
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve({ localAddress: socket.localAddress ?? '127.0.0.1' });
      socket.end();
      socket.resume();
    });
  });
}

/** HOST:PORT, with an IPv6 address in brackets. */
export function addressText({ host, port }: Address): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
