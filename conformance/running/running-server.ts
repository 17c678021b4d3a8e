import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ServerUnderTest } from '../stage/server-under-test.ts';
import { CannotJudge } from '../violation.ts';
import { noOutput, type ProgramOutput } from '../../launch/process/program-output.ts';
import type { Address } from '../../launch/ports/address.ts';
import { answersWithinMs, isTakenToStayAfterMs, trailsWithinMs } from '../time-limits.ts';

/** A server that already runs: the suite can only tell whether it accepts connections. */
export class RunningServer implements ServerUnderTest {
  readonly address: Address;
  readonly #request: object;

  /** @param request which it answers without changing its state */
  constructor(address: Address, request: object) {
    this.address = address;
    this.#request = request;
  }

  async crash(patienceMs = 0): Promise<string | undefined> {
    if (patienceMs > 0) await wait(patienceMs);
    const contact = await tryContact(this.address, this.#request);
    if ('localAddress' in contact) return undefined;
    return `the server at ${addressText(this.address)} no longer accepts connections (${contact.problem})`;
  }

  memoryPeakBytes(): undefined {
    return undefined;
  }

  output(): ProgramOutput {
    return noOutput;
  }

  release(): Promise<void> {
    return Promise.resolve();
  }
}

/** A peer that already runs. Once complete it may leave, so that its end is a crash only if it had stayed. */
export class RunningPeerServer extends RunningServer {
  #completeSinceMs: number | undefined;

  /** It claims to have all blocks. */
  get isComplete(): boolean {
    return this.#completeSinceMs !== undefined;
  }

  /** Records whether it claims to have all blocks. */
  sawComplete(complete: boolean): void {
    if (!complete) this.#completeSinceMs = undefined;
    else this.#completeSinceMs ??= performance.now();
  }

  override async crash(patienceMs = 0): Promise<string | undefined> {
    const end = await super.crash(patienceMs);
    const stays =
      this.#completeSinceMs !== undefined && performance.now() - this.#completeSinceMs > isTakenToStayAfterMs;
    if (end === undefined || stays) return end;
    throw new CannotJudge(`not testable: ${end}: it crashed, or left after completing its file`);
  }
}

/**
 * Connects and sends a valid request, as an empty connection might crash a server.
 * @returns the local address of the connection, whatever the answer; or why there is no connection
 */
export function tryContact(
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
      const answered = (): void => resolve({ localAddress });
      clearTimeout(timer);
      timer = setTimeout(() => socket.destroy(), trailsWithinMs);
      socket.write(JSON.stringify(request));
      socket.once('data', answered).once('close', answered);
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
