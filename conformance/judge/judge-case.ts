import type { ConformanceCase } from '../../schemas/types.ts';
import type { Case } from '../cases/case.ts';
import { allCases } from '../cases/index.ts';
import type { Manner } from '../manner/manner.ts';
import { accommodations } from './accommodations.ts';
import type { Attempt } from './attempt/attempt.ts';
import { whySkipped } from './attempt/subject.ts';
import { isGood, type Attempts } from './attempts.ts';
import { caseFacts } from './case-facts.ts';
import { isBlamedElsewhere } from './help/blame.ts';
import { mannerFor, type Standings } from './help/standings.ts';

/** The ids of the cases that others need. */
const needed = new Set([...allCases.values()].flatMap(({ needs }) => needs));

/** The verdict on one case, by its outcome and the level of its clause. @param repro the command that reruns it */
export async function judgeCase(
  item: Case,
  attempts: Attempts,
  standings: Standings,
  repro: string,
): Promise<ConformanceCase> {
  const base = caseFacts(item, repro);
  const reason = whySkipped(item, attempts.subject);
  if (reason !== undefined) {
    return { ...base, verdict: 'not-applicable', message: reason, durationMs: 0, transcript: [] };
  }
  const standing = await standings.ofNeeds(item);
  if ('blockedBy' in standing) {
    const { blockedBy, why } = standing;
    const message = `not testable: ${blockedBy} did not pass (${why})`;
    return { ...base, verdict: 'error', message, blockedBy, durationMs: 0, transcript: [] };
  }
  const plain = { manner: mannerFor(item, standing.manner) };
  const first = { ...plain, attempt: await attempts.of(item, plain.manner) };
  const { manner, attempt } = (await blamedElsewhere(item, first.attempt, attempts, standings)) ?? first;
  const help = manner.size === 0 ? {} : { judgedWith: idsInOrder(manner) };
  const { outcome, notStarted, transcript, hasConnected, output, ...rest } = attempt;
  if (outcome === 'held') {
    const verdict = base.level === 'MAY' ? 'info' : 'pass';
    return { ...base, verdict, ...rest, ...help, transcript: [] };
  }
  if (outcome === 'inapplicable') {
    return { ...base, verdict: 'not-applicable', message: rest.message, durationMs: rest.durationMs, transcript: [] };
  }
  const evidence = { ...rest, ...help, transcript: [...transcript], ...output };
  if (outcome === 'unknown') return { ...base, verdict: 'error', ...evidence };
  // A program whose start has been measured has a verdict on that. Without one, only the cases without needs, at least one for
  // each role, fail a program that does not start.
  if (notStarted && (item.needs.length > 0 || attempts.subject.start !== undefined)) {
    return { ...base, verdict: 'error', ...evidence, message: `not testable: ${rest.message}` };
  }
  const verdict = base.level === 'MUST' ? 'fail' : base.level === 'SHOULD' ? 'warn' : 'info';
  return { ...base, verdict, ...evidence };
}

/** The attempt at a needed case with the help that makes it hold, if another case is blamed for the need of that help. */
async function blamedElsewhere(
  item: Case,
  plain: Attempt,
  attempts: Attempts,
  standings: Standings,
): Promise<{ manner: Manner; attempt: Attempt } | undefined> {
  if (plain.outcome !== 'broken' || !needed.has(item.id)) return undefined;
  const standing = await standings.of(item);
  if ('blockedBy' in standing) return undefined;
  const { manner } = standing;
  const attempt = await attempts.of(item, manner);
  return isGood(attempt) && (await isBlamedElsewhere(item, manner, attempts, standings))
    ? { manner, attempt }
    : undefined;
}

function idsInOrder(manner: Manner): string[] {
  return accommodations.map(({ id }) => id).filter((id) => manner.has(id));
}
