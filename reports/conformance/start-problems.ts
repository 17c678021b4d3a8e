import type { ConformanceResult, ProgramStart } from '../../schemas/types.ts';

const names: Readonly<Record<ProgramStart['verdict'], string>> = {
  starts: 'starts',
  'does-not-start': 'does not start',
  'starts-too-slowly': 'starts too slowly for this machine',
  'starts-not-always': 'does not always start',
};

/** A program that no case could judge, or that did not start every time. */
export interface StartProblem {
  /** `the tracker does not start`. */
  readonly what: string;
  readonly why: string;
  readonly start: ProgramStart;
}

export function startProblems({ starts = {} }: Pick<ConformanceResult, 'starts'>): StartProblem[] {
  return (['tracker', 'peer'] as const).flatMap((role) => {
    const start = starts[role];
    if (start === undefined || start.verdict === 'starts') return [];
    return [{ what: `the ${role} ${names[start.verdict]}`, why: start.message ?? '', start }];
  });
}
