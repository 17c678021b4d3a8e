import type { ProgramStart } from '../../../schemas/types.ts';
import { actualTiming } from '../../../launch/manifest/timing.ts';
import type { Role } from '../../../launch/manifest/implementation.ts';
import { outputTail } from '../../../launch/process/program-output.ts';
import type { Case } from '../../cases/case.ts';
import { suiteIntervals } from '../../stage/context.ts';
import { startsWithinMs } from '../../time-limits.ts';
import { contextOf, whySkipped, type Subject } from '../attempt/subject.ts';
import type { StartTimes } from './start-times.ts';
import { tryStart, type FailedStart } from './try-start.ts';

/** How the programs of an implementation start, by role; without those that no case is about. */
export type Starts = Partial<Record<Role, ProgramStart>>;

const roles = ['tracker', 'peer'] as const;

/**
 * Starts each program that a case is about once, one after the other, before any case runs. A start that fails is tried once
 * more: with twice the time if the program was running.
 * @throws UsageError if the manifest turns out to be wrong
 */
export async function checkStarts(cases: readonly Case[], subject: Subject): Promise<Starts> {
  // Servers that somebody else runs have started.
  if (subject.servers !== undefined) return {};
  const starts: Starts = {};
  for (const role of roles) {
    const isJudged = cases.some((item) => item.role === role && whySkipped(item, subject) === undefined);
    const limitMs = startsWithinMs(actualTiming(subject.implementation, suiteIntervals));
    if (isJudged)
      starts[role] = await checkStart(role, limitMs, (ms) => tryStart(role, contextOf(subject, `start/${role}`), ms));
  }
  return starts;
}

/** The verdict on a start. @param start tries it once, for the given time */
export async function checkStart(
  role: Role,
  limitMs: number,
  start: (limitMs: number) => Promise<StartTimes | FailedStart>,
): Promise<ProgramStart> {
  const first = await start(limitMs);
  if ('ms' in first) return { verdict: 'starts', ...first };
  const second = await start(first.isRunning ? 2 * limitMs : limitMs);
  if (!('ms' in second)) return doesNotStart(second);
  if (second.ms <= limitMs) return { verdict: 'starts', ...second };
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  const message =
    `The ${role} took ${seconds(second.ms)} to start while nothing else ran; a start may take ${seconds(limitMs)}. ` +
    'If it always does, state timing.startMs in the manifest.';
  return { verdict: 'starts-too-slowly', ...second, message };
}

function doesNotStart({ message, output }: FailedStart): ProgramStart {
  const { stdout, stderr } = outputTail(output);
  return { verdict: 'does-not-start', message, ...(stderr !== '' && { stderr }), ...(stdout !== '' && { stdout }) };
}
