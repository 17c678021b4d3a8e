import { errorMessage } from '../../launch/error-message.ts';
import { printable } from '../../launch/printable.ts';
import { Session } from '../../launch/session.ts';
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
export async function withSession(
  { keep = false }: { keep?: boolean },
  work: (session: Session, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const interrupt = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => interrupt.abort(name);
  for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(name, onSignal);
  const session = await Session.open({ keep });
  // Programs end at once, so that whoever waits for one of them goes on.
  interrupt.signal.addEventListener('abort', () => void session.close().catch(() => undefined));
  try {
    const code = await work(session, interrupt.signal);
    return interrupt.signal.aborted ? (signalExitCodes.get(interrupt.signal.reason) ?? 3) : code;
  } catch (error) {
    // What an interrupt ended failed because of it.
    if (interrupt.signal.aborted) return signalExitCodes.get(interrupt.signal.reason) ?? 3;
    if (error instanceof UsageError) throw error;
    console.error(printable(`The harness failed: ${errorMessage(error)}`));
    return 3;
  } finally {
    await session.close();
    if (keep) console.error(`The workspaces are kept in ${session.folder}`);
    for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.off(name, onSignal);
  }
}
