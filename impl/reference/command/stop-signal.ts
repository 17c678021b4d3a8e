import { constants } from 'node:os';

/**
 * Waits for SIGINT or SIGTERM, and returns the exit code for it: 128 + the number of the signal. A second signal ends the
 * process at once.
 */
export function stopSignal(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => resolve(128 + constants.signals[signal]));
  });
}
