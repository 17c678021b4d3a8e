import { performance } from 'node:perf_hooks';

/** Lets any number of waiters look at a condition again whenever something they might wait for has happened. */
export class Watch {
  #waiters = new Set<() => void>();

  /** Something happened: every waiter looks again. */
  notify(): void {
    for (const look of [...this.#waiters]) look();
  }

  /** Resolves to true as soon as the condition holds, to false when `timeoutMs` have passed without it. */
  until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const deadline = performance.now() + timeoutMs;
      const finish = (holds: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(look);
        resolve(holds);
      };
      const look = (): void => {
        if (condition()) finish(true);
        else if (performance.now() >= deadline) finish(false);
      };
      const timer = setTimeout(() => finish(condition()), Math.max(0, timeoutMs));
      this.#waiters.add(look);
    });
  }
}
