import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { UsageError } from '../../launch/usage-error.ts';

const startDeadlineMs = 20_000;
const stopDeadlineMs = 20_000;
/** The capture is whole when nothing has come for so long. */
const quietMs = 1000;
const need = 'It needs tcpdump (apt-get install tcpdump) on Linux, and the right to capture: run it as root.';

/** What tcpdump sees on loopback, from or to some ports. */
export class Capture {
  readonly #tcpdump: ChildProcess;
  readonly #chunks: Buffer[] = [];
  #told = '';
  #lastAtMs = 0;

  private constructor(ports: readonly number[]) {
    const filter = ports.map((port) => `port ${port}`).join(' or ');
    const options = ['-i', 'lo', '-w', '-', '-U', '--immediate-mode', '-B', '65536', '-n'];
    this.#tcpdump = spawn('tcpdump', [...options, `tcp and (${filter})`], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#tcpdump.stdout?.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#lastAtMs = performance.now();
    });
    this.#tcpdump.stderr?.on('data', (chunk: Buffer) => (this.#told += chunk.toString()));
    this.#tcpdump.on('error', ({ message }) => (this.#told += message));
  }

  /** @throws UsageError if there is no tcpdump, or it may not capture */
  static async start(ports: readonly number[]): Promise<Capture> {
    const capture = new Capture(ports);
    const endAtMs = performance.now() + startDeadlineMs;
    while (!capture.#told.includes('listening on')) {
      const { pid, exitCode } = capture.#tcpdump;
      if (pid === undefined || exitCode !== null || performance.now() > endAtMs) {
        capture.#tcpdump.kill();
        throw new UsageError(`Loopback cannot be captured: ${capture.#told.trim() || 'tcpdump is silent'}. ${need}`);
      }
      await wait(20);
    }
    return capture;
  }

  /** Ends it without a result. */
  kill(): void {
    this.#tcpdump.kill('SIGKILL');
  }

  /** The capture in pcap's format. @throws Error if packets were lost, or tcpdump does not end */
  async stop(): Promise<Buffer> {
    while (performance.now() - this.#lastAtMs < quietMs) await wait(50);
    const closed = once(this.#tcpdump, 'close', { signal: AbortSignal.timeout(stopDeadlineMs) });
    this.#tcpdump.kill('SIGINT');
    await closed.finally(() => this.kill());
    const dropped = /(\d+) packets? dropped by kernel/.exec(this.#told)?.[1];
    if (dropped !== '0') throw new Error(`The kernel dropped packets: ${this.#told.trim()}`);
    return Buffer.concat(this.#chunks);
  }
}
