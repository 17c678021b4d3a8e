import { openFiles, processTree } from '../impl/launch/process-tree.ts';
import type { Program } from '../impl/launch/program.ts';
import type { Counts, Pass } from './pass.ts';
import type { Address } from './relay/front.ts';

const lookEveryMs = 1;

/**
 * The pass with nothing between the programs. That the first request has come is seen by the tracker's open files, of which
 * a connection is one: they are counted every millisecond until then, and not any more after that.
 */
export class TimingPass implements Pass {
  readonly name = 'timing';
  readonly #tracker: Address;
  readonly #watch: NodeJS.Timeout;
  #firstRequestAtMs: number | undefined;

  /** @param tracker listens, and nobody has asked it for anything yet */
  constructor(tracker: Program) {
    this.#tracker = tracker;
    const processes = processTree(tracker.pid);
    const opened = () => processes.reduce((sum, pid) => sum + (openFiles(pid) ?? 0), 0);
    const before = opened();
    this.#watch = setInterval(() => {
      if (opened() <= before) return;
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
