import type { ConformanceCase, ProgramStart } from '../../../schemas/types.ts';
import type { Case } from '../../cases/case.ts';
import { caseFacts } from '../case-facts.ts';

const problems = {
  'does-not-start': 'does not start',
  'starts-too-slowly': 'starts too slowly for this machine',
} as const;

/** Why no case about a program can be judged, as a clause; undefined if it starts. */
export function startProblem(role: Case['role'], start: ProgramStart | undefined): string | undefined {
  if (start === undefined || start.verdict === 'starts' || start.verdict === 'starts-not-always') return undefined;
  return `the ${role} ${problems[start.verdict]}`;
}

/** The result of a case about a program that does not start. @param repro the command that reruns it */
export function notStartedCase(item: Case, problem: string, repro: string): ConformanceCase {
  const message = `not testable: ${problem}`;
  return { ...caseFacts(item, repro), verdict: 'error', message, cause: problem, durationMs: 0, transcript: [] };
}
