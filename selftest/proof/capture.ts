import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { UsageError } from '../../launch/usage-error.ts';

const startDeadlineMs = 20_000;
const stopDeadlineMs = 20_000;
/** The capture is complete when no packet arrived for this long. */
const quietMs = 1000;
const requirements = 'Install tcpdump (apt-get install tcpdump) on Linux, and run this as root.';

/** A capture of loopback by tcpdump, limited to some ports. */
export class Capture {
  readonly #tcpdump: ChildProcess;
  readonly #chunks: Buffer[] = [];
  #stderr = '';
  #lastAtMs = 0;

  private constructor(ports: readonly number[]) {
    const filter = ports.map((port) => `port ${port}`).join(' or ');
    const options = ['-i', 'lo', '-w', '-', '-U', '--immediate-mode', '-B', '65536', '-n'];
    this.#tcpdump = spawn('tcpdump', [...options, `tcp and (${filter})`], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#tcpdump.stdout?.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#lastAtMs = performance.now();
    });
    this.#tcpdump.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    this.#tcpdump.on('error', ({ message }) => (this.#stderr += message));
  }

  /** @throws UsageError if tcpdump is missing or lacks the permission to capture */
  static async start(ports: readonly number[]): Promise<Capture> {
    const capture = new Capture(ports);
    const endAtMs = performance.now() + startDeadlineMs;
    while (!capture.#stderr.includes('listening on')) {
      const { pid, exitCode } = capture.#tcpdump;
      if (pid === undefined || exitCode !== null || performance.now() > endAtMs) {
        capture.#tcpdump.kill();
        throw new UsageError(
          `Loopback cannot be captured: ${capture.#stderr.trim() || 'no output of tcpdump'}. ${requirements}`,
        );
      }
      await wait(20);
    }
    return capture;
  }

  /** Discards the capture. */
  kill(): void {
    this.#tcpdump.kill('SIGKILL');
  }

  /** Ends the capture. @returns it in pcap format @throws Error if packets were lost, or tcpdump does not end */
  async stop(): Promise<Buffer> {
    while (performance.now() - this.#lastAtMs < quietMs) await wait(50);
    const closed = once(this.#tcpdump, 'close', { signal: AbortSignal.timeout(stopDeadlineMs) });
    this.#tcpdump.kill('SIGINT');
    await closed.finally(() => this.kill());
    const dropped = /(\d+) packets? dropped by kernel/.exec(this.#stderr)?.[1];
    if (dropped !== '0') throw new Error(`The kernel dropped packets: ${this.#stderr.trim()}`);
    return Buffer.concat(this.#chunks);
  }
}
