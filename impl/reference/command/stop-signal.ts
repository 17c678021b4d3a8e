import { constants } from 'node:os';

/**
 * Waits for SIGINT or SIGTERM and gives the exit code that tells so by the Unix convention: 128 + the signal's number. A
 * second signal ends the process at once.
 */
export function onStopSignal(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => resolve(128 + constants.signals[signal]));
  });
}
