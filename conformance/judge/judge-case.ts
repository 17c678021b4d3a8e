import type { ConformanceCase } from '../../schemas/types.ts';
import { clauseOf, type Case } from '../cases/case.ts';
import { whySkipped } from './attempt/subject.ts';
import { brokenNeed, type Attempts } from './needs.ts';

/** The verdict on one case, by its outcome and the level of its clause. @param repro the command that reruns it */
export async function judgeCase(item: Case, attempts: Attempts, repro: string): Promise<ConformanceCase> {
  const clause = clauseOf(item);
  const base = {
    id: item.id,
    clause: clause.id,
    level: clause.level,
    role: item.role,
    title: item.title,
    requirement: clause.text,
    repro,
  };
  const reason = whySkipped(item, attempts.subject);
  if (reason !== undefined) {
    return { ...base, verdict: 'not-applicable', message: reason, durationMs: 0, transcript: [] };
  }
  const broken = await brokenNeed(item, attempts);
  if (broken !== undefined) {
    const { blockedBy, why } = broken;
    const message = `not testable: ${blockedBy} did not pass (${why})`;
    return { ...base, verdict: 'error', message, blockedBy, durationMs: 0, transcript: [] };
  }
  const { outcome, notStarted, transcript, output, ...rest } = await attempts.of(item);
  if (outcome === 'held') {
    const verdict = clause.level === 'MAY' ? 'info' : 'pass';
    return { ...base, verdict, ...rest, transcript: [] };
  }
  if (outcome === 'inapplicable') {
    return { ...base, verdict: 'not-applicable', message: rest.message, durationMs: rest.durationMs, transcript: [] };
  }
  const evidence = { ...rest, transcript: [...transcript], ...output };
  if (outcome === 'unknown') return { ...base, verdict: 'error', ...evidence };
  // A program whose start has been measured has a verdict on that. Without one, only the cases without needs, at least one for
  // each role, fail a program that does not start.
  if (notStarted && (item.needs.length > 0 || attempts.subject.start !== undefined)) {
    return { ...base, verdict: 'error', ...evidence, message: `not testable: ${rest.message}` };
  }
  const verdict = clause.level === 'MUST' ? 'fail' : clause.level === 'SHOULD' ? 'warn' : 'info';
  return { ...base, verdict, ...evidence };
}
