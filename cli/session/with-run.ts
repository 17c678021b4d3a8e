import { messageOf } from '../../launch/error-message.ts';
import { printable } from '../../launch/printable.ts';
import { Run } from '../../launch/run.ts';
import { UsageError } from '../../launch/usage-error.ts';

const signalExitCodes = new Map<unknown, number>([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
]);

/**
 * Runs a command's work with a Run that is closed whatever happens. The first SIGINT, SIGTERM or SIGHUP aborts `signal`,
 * the work then writes what it has and returns.
 * @returns the exit code: that of the work, that of the signal, or 3 if the harness itself failed
 * @throws UsageError
 */
export async function withRun(
  { keep = false }: { keep?: boolean },
  work: (run: Run, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const interrupt = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => interrupt.abort(name);
  for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(name, onSignal);
  const run = await Run.open({ keep });
  // Programs end at once, so that whoever waits for one of them goes on.
  interrupt.signal.addEventListener('abort', () => void run.close().catch(() => undefined));
  try {
    const code = await work(run, interrupt.signal);
    return interrupt.signal.aborted ? (signalExitCodes.get(interrupt.signal.reason) ?? 3) : code;
  } catch (error) {
    // What an interrupt ended failed because of it.
    if (interrupt.signal.aborted) return signalExitCodes.get(interrupt.signal.reason) ?? 3;
    if (error instanceof UsageError) throw error;
    console.error(printable(`The harness failed: ${messageOf(error)}`));
    return 3;
  } finally {
    await run.close();
    if (keep) console.error(`The workspaces are kept in ${run.folder}`);
    for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.off(name, onSignal);
  }
}
