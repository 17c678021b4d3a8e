import { availableParallelism } from 'node:os';
import type { StartTimes } from './start-times.ts';

/** Programs that take less processor time to start do not hold each other up. */
const heavyCpuMs = 400;

/** How many programs may be at their start at the same time, so that none is late for want of a processor. */
export function startsAtOnce({ cpuMs }: StartTimes): number {
  return cpuMs < heavyCpuMs ? Infinity : availableParallelism();
}

/** Lets a number of programs start at the same time; the others wait in order. */
export class StartSlots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Waits for a slot. @returns the function that frees it; more than one call does nothing */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
  }
}
