import type { ConformanceResult, KnownFailureState } from '../../schemas/types.ts';

const sentences: Readonly<Record<KnownFailureState['state'], string | undefined>> = {
  failed: undefined,
  'not-judged': undefined,
  stale: 'it is listed as a known failure, but does not fail: remove the entry',
  unmatched: 'it is listed as a known failure, but there is no such case: correct the entry',
  'failed-otherwise': 'it is listed as a known failure, but fails with another message than the entry’s',
  crashed: 'it is listed as a known failure, but the program crashed: a crash is never excused',
};

/** An entry of the file of known failures that fails the run. */
export interface KnownFailureProblem {
  readonly case: string;
  /** Reads on from the case. */
  readonly problem: string;
  readonly reason: string;
}

export function knownFailureProblems({ knownFailures = [] }: ConformanceResult): KnownFailureProblem[] {
  return knownFailures.flatMap(({ case: id, reason, state }) => {
    const problem = sentences[state];
    return problem === undefined ? [] : [{ case: id, problem, reason }];
  });
}
