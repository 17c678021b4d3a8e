import { openSockets, processTree } from '../../launch/process/process-tree.ts';
import type { Program } from '../../launch/process/program.ts';
import { hasConnection } from '../../launch/ports/tcp-table.ts';
import type { RunCounts, MeasuredRun } from './measured-run.ts';
import type { Address } from '../../launch/ports/address.ts';

const pollEveryMs = 1;
const tableEveryMs = 20;
/** The kernel takes milliseconds to list many sockets: spend at most this fraction of the time on it. */
const tableFraction = 0.1;

/**
 * A run with nothing between the programs. The first request shows in the number of the tracker's open sockets, which is
 * read every millisecond until then. If the tracker closes the connection faster than that, the kernel's table of
 * connections still lists it.
 */
export class TimingRun implements MeasuredRun {
  readonly #tracker: Address;
  readonly #watch: NodeJS.Timeout;
  #firstRequestAtMs: number | undefined;

  /** @param tracker listens and has had no request yet */
  constructor(tracker: Program) {
    this.#tracker = tracker;
    const processes = processTree(tracker.pid);
    const opened = () => processes.reduce((sum, pid) => sum + (openSockets(pid) ?? 0), 0);
    const before = opened();
    let tableDueAtMs = performance.now() + tableEveryMs;
    const isInTable = (): boolean => {
      const startMs = performance.now();
      if (startMs < tableDueAtMs) return false;
      const found = hasConnection(tracker.port);
      const nowMs = performance.now();
      tableDueAtMs = nowMs + Math.max(tableEveryMs, (nowMs - startMs) / tableFraction);
      return found;
    };
    this.#watch = setInterval(() => {
      if (opened() <= before && !isInTable()) return;
      this.#firstRequestAtMs = performance.now();
      clearInterval(this.#watch);
    }, pollEveryMs);
  }

  admit(): Promise<Address> {
    return Promise.resolve(this.#tracker);
  }

  gone(): void {
    // The port of an ended process refuses connections by itself.
  }

  firstRequestAtMs(): number | undefined {
    return this.#firstRequestAtMs;
  }

  registeredAtMs(): undefined {
    return undefined;
  }

  blocksTransferred(): undefined {
    return undefined;
  }

  quietForMs(): number {
    return Infinity;
  }

  counts(): RunCounts {
    return { unavailable: undefined };
  }

  close(): Promise<void> {
    clearInterval(this.#watch);
    return Promise.resolve();
  }
}
