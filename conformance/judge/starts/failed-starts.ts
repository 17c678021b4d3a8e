import { outputTail } from '../../../launch/process/program-output.ts';
import type { FailedCaseStart } from '../attempt/subject.ts';
import type { Starts } from './check-starts.ts';

/** The verdicts on the starts, with those that failed in cases: they are said once, with the output of the first. */
export function withFailures(starts: Starts, failures: readonly FailedCaseStart[]): Starts {
  const all: Starts = { ...starts };
  for (const role of ['tracker', 'peer'] as const) {
    const start = starts[role];
    const failed = failures.filter((failure) => failure.role === role);
    const [first] = failed;
    if (start?.verdict !== 'starts' || first === undefined) continue;
    const { stdout, stderr } = outputTail(first.output);
    const times = failed.length === 1 ? 'once' : `${failed.length} times`;
    all[role] = {
      ...start,
      verdict: 'starts-not-always',
      message: `The ${role} failed to start ${times}, and started when the same case was played again. ${first.message}`,
      ...(stderr !== '' && { stderr }),
      ...(stdout !== '' && { stdout }),
    };
  }
  return all;
}
