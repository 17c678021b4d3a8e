import { ProgramError } from '../../../launch/process/program-error.ts';
import { CannotJudge, Deviated, Inapplicable, Violation } from '../../violation.ts';

/** The outcome of an attempt, and the reason for it. */
export interface Explanation {
  /**
   * `held`: the clause held. `broken`: the clause was broken. `deviated`: it was broken in a way that other cases read past.
   * `unknown`: the case could not be judged. `inapplicable`: the clause requires nothing of this server.
   */
  readonly outcome: 'held' | 'broken' | 'deviated' | 'unknown' | 'inapplicable';
  /** The program could not be started, or ended or hung before it served. */
  readonly notStarted: boolean;
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly schemaPath?: string;
}

/** Explains what a case, or the setup of its stage, threw. */
export function explainError(error: unknown): Explanation {
  const notStarted = error instanceof ProgramError;
  if (error instanceof Violation) {
    const { message, expected, actual, schemaPath } = error;
    return {
      outcome: error instanceof Deviated ? 'deviated' : 'broken',
      notStarted,
      message,
      expected,
      actual,
      ...(schemaPath === undefined ? {} : { schemaPath }),
    };
  }
  if (error instanceof ProgramError) {
    const { message } = error;
    return { outcome: 'broken', notStarted, message, expected: 'a program that starts', actual: message };
  }
  if (error instanceof Inapplicable) return { outcome: 'inapplicable', notStarted, message: error.message };
  if (error instanceof CannotJudge) return { outcome: 'unknown', notStarted, message: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { outcome: 'unknown', notStarted, message: `the harness failed: ${message}` };
}
