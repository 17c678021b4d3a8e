import { allCases } from '../cases/index.ts';
import type { Case } from '../cases/case.ts';
import { attempt, type Attempt } from './attempt/attempt.ts';
import { exceptionLine } from './causes/exception-line.ts';
import { whySkipped, type Subject } from './attempt/subject.ts';

/** The attempts at the cases of one subject: a case that others need is attempted once. */
export class Attempts {
  readonly subject: Subject;
  /** The exceptions that programs printed in cases that held. */
  readonly harmless = new Set<string>();
  readonly #attempts = new Map<string, Promise<Attempt>>();

  constructor(subject: Subject) {
    this.subject = subject;
  }

  of(item: Case): Promise<Attempt> {
    const made = this.#attempts.get(item.id) ?? this.#attempt(item);
    this.#attempts.set(item.id, made);
    return made;
  }

  async #attempt(item: Case): Promise<Attempt> {
    const made = await attempt(item, this.subject);
    const printed = made.outcome === 'held' ? exceptionLine(made.output) : undefined;
    if (printed !== undefined) this.harmless.add(printed);
    return made;
  }
}

/**
 * A needed case that did not pass, so that this one cannot judge its own clause; undefined if all passed. Needs are attempted
 * first, so that a verdict does not depend on which other cases are selected, and no case waits in vain.
 */
export async function brokenNeed(
  item: Case,
  attempts: Attempts,
): Promise<{ blockedBy: string; why: string } | undefined> {
  for (const id of item.needs) {
    const need = allCases.get(id);
    if (need === undefined) throw new Error(`Case ${item.id} needs ${id}, which does not exist.`);
    if (whySkipped(need, attempts.subject) !== undefined) continue;
    const deeper = await brokenNeed(need, attempts);
    if (deeper !== undefined) return deeper;
    const { outcome, message } = await attempts.of(need);
    if (outcome === 'broken' || outcome === 'unknown') return { blockedBy: id, why: message };
  }
  return undefined;
}
