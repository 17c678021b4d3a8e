import type { Case } from '../cases/case.ts';
import type { Manner } from '../manner/manner.ts';
import { attempt, type Attempt, type Patience } from './attempt/attempt.ts';
import type { Subject } from './attempt/subject.ts';
import { exceptionLine } from './causes/exception-line.ts';

/** The attempts at the cases of one subject: each case is attempted once in each manner. */
export class Attempts {
  readonly subject: Subject;
  /** The exceptions that programs printed in cases that held. */
  readonly harmless = new Set<string>();
  readonly #attempts = new Map<string, Promise<Attempt>>();

  constructor(subject: Subject) {
    this.subject = subject;
  }

  /** @param patience counts if this is the first attempt at the case in this manner */
  of(item: Case, manner: Manner, patience?: Patience): Promise<Attempt> {
    const key = [item.id, ...[...manner].sort()].join(' ');
    const made = this.#attempts.get(key) ?? this.again(item, manner, patience);
    this.#attempts.set(key, made);
    return made;
  }

  /** One more attempt at a case in this manner. */
  async again(item: Case, manner: Manner, patience?: Patience): Promise<Attempt> {
    const made = await attempt(item, this.subject, manner, patience);
    const printed = made.outcome === 'held' ? exceptionLine(made.output) : undefined;
    if (printed !== undefined) this.harmless.add(printed);
    return made;
  }
}

/** Whether the case found no fault. */
export function isGood({ outcome }: Attempt): boolean {
  return outcome !== 'broken' && outcome !== 'unknown';
}
