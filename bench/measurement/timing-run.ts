import { openSockets, processTree } from '../../launch/process/process-tree.ts';
import type { Program } from '../../launch/process/program.ts';
import { hasConnection } from '../../launch/ports/tcp-table.ts';
import type { Counts, MeasuredRun } from './measurement.ts';
import type { Address } from '../relay/relay-port.ts';

const lookEveryMs = 1;
const tableEveryMs = 20;
/** The kernel takes milliseconds to list many sockets: no more than this share of the time. */
const tableShare = 0.1;

/**
 * The pass with nothing between the programs. That the first request has come is seen by the tracker's open sockets, of which
 * a connection is one: they are counted every millisecond until then, and not any more after that. Where a tracker closes
 * faster than that, the kernel's table still knows of the connection.
 */
export class TimingRun implements MeasuredRun {
  readonly name = 'timing';
  readonly #tracker: Address;
  readonly #watch: NodeJS.Timeout;
  #firstRequestAtMs: number | undefined;

  /** @param tracker listens, and nobody has asked it for anything yet */
  constructor(tracker: Program) {
    this.#tracker = tracker;
    const processes = processTree(tracker.pid);
    const opened = () => processes.reduce((sum, pid) => sum + (openSockets(pid) ?? 0), 0);
    const before = opened();
    let tableDueAtMs = performance.now() + tableEveryMs;
    const isInTable = (): boolean => {
      const lookAtMs = performance.now();
      if (lookAtMs < tableDueAtMs) return false;
      const found = hasConnection(tracker.port);
      const nowMs = performance.now();
      tableDueAtMs = nowMs + Math.max(tableEveryMs, (nowMs - lookAtMs) / tableShare);
      return found;
    };
    this.#watch = setInterval(() => {
      if (opened() <= before && !isInTable()) return;
      this.#firstRequestAtMs = performance.now();
      clearInterval(this.#watch);
    }, lookEveryMs);
  }

  admit(): Promise<Address> {
    return Promise.resolve(this.#tracker);
  }

  gone(): void {
    // Its port refuses connections by itself.
  }

  firstRequestAtMs(): number | undefined {
    return this.#firstRequestAtMs;
  }

  registeredAtMs(): undefined {
    return undefined;
  }

  blocksHandedOver(): undefined {
    return undefined;
  }

  quietForMs(): number {
    return Infinity;
  }

  counts(): Counts {
    return { unavailable: undefined };
  }

  close(): Promise<void> {
    clearInterval(this.#watch);
    return Promise.resolve();
  }
}
