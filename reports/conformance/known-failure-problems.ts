import type { ConformanceResult, KnownFailureState } from '../../schemas/types.ts';

const problems: Readonly<Record<KnownFailureState['state'], string | undefined>> = {
  failed: undefined,
  'not-judged': undefined,
  stale: 'listed as a known failure, but does not fail: remove the entry',
  unmatched: 'listed as a known failure, but no such case exists: correct the entry',
  'failed-otherwise': 'listed as a known failure, but fails with another message than that of the entry',
  crashed: 'listed as a known failure, but the program crashed, which is never excused',
};

/** An entry of the list of known failures that makes the session fail. */
export interface KnownFailureProblem {
  readonly case: string;
  /** To be appended to the case, after a colon. */
  readonly problem: string;
  readonly reason: string;
}

export function knownFailureProblems({ knownFailures = [] }: ConformanceResult): KnownFailureProblem[] {
  return knownFailures.flatMap(({ case: id, reason, state }) => {
    const problem = problems[state];
    return problem === undefined ? [] : [{ case: id, problem, reason }];
  });
}
