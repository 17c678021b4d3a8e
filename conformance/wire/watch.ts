import { performance } from 'node:perf_hooks';

/** Lets any number of waiters check their conditions again whenever something has happened. */
export class Watch {
  #waiters = new Set<() => void>();

  /** Something has happened: every waiter checks again. */
  notify(): void {
    for (const check of [...this.#waiters]) check();
  }

  /** Resolves to true as soon as the condition holds, or to false after `timeoutMs`. */
  until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const deadline = performance.now() + timeoutMs;
      const finish = (holds: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(check);
        resolve(holds);
      };
      const check = (): void => {
        if (condition()) finish(true);
        else if (performance.now() >= deadline) finish(false);
      };
      const timer = setTimeout(() => finish(condition()), Math.max(0, timeoutMs));
      this.#waiters.add(check);
    });
  }
}
