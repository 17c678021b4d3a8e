import { errorMessage } from '../../launch/error-message.ts';
import { printable } from '../../launch/printable.ts';
import { Session } from '../../launch/session.ts';
import { UsageError } from '../../launch/usage-error.ts';
import { exitCodes, signalExitCodes } from '../../schemas/exit-codes.ts';

type Signal = keyof typeof signalExitCodes;
const signals = Object.keys(signalExitCodes) as Signal[];

/**
 * Runs a command's work with a Session that is closed in every case. The first SIGHUP, SIGINT or SIGTERM aborts `signal`;
 * the work then writes the results so far and returns.
 * @returns the exit code: of the signal, else of the work, else that of a failure of the harness
 * @throws UsageError
 */
export async function withSession(
  { keep = false }: { keep?: boolean },
  work: (session: Session, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const interrupt = new AbortController();
  let received: Signal | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    received ??= name as Signal;
    interrupt.abort(received);
  };
  for (const name of signals) process.on(name, onSignal);
  const session = await Session.open({ keep });
  // Ends the programs at once, so that work that waits for one of them continues.
  interrupt.signal.addEventListener('abort', () => void session.close().catch(() => undefined));
  const interruptedCode = (): number | undefined => received && signalExitCodes[received];
  try {
    const code = await work(session, interrupt.signal);
    return interruptedCode() ?? code;
  } catch (error) {
    // After an interrupt, errors are its consequence.
    const code = interruptedCode();
    if (code !== undefined) {
      console.error(`Interrupted by ${received ?? ''} before there were results.`);
      return code;
    }
    if (error instanceof UsageError) throw error;
    console.error(printable(`The harness failed: ${errorMessage(error)}`));
    return exitCodes.noVerdict;
  } finally {
    await session.close();
    if (keep) console.error(`The workspaces are kept in ${session.folder}`);
    for (const name of signals) process.off(name, onSignal);
  }
}
