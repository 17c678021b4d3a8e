import pLimit from 'p-limit';
import type { Case } from '../../cases/case.ts';
import type { AccommodationId, Manner } from '../../manner/manner.ts';
import { accommodations, isUnfit, type Accommodation } from '../accommodations.ts';
import type { Attempt, Patience } from '../attempt/attempt.ts';
import type { Subject } from '../attempt/subject.ts';
import { isGood, type Attempts } from '../attempts.ts';

/** How many attempts to help run side by side: most of them wait for a program that does nothing. */
const attemptsAtOnce = 6;

/** Most attempts to help fail rightly, and none of them is a verdict: none holds up other cases. */
const forHelp: Patience = { maxReplays: 2, isVerdict: false };

/** How often the case must hold with help: a case that holds now and then would seem to be helped by anything. */
const timesThatCount = 3;

/** Looks for accommodations with which a case holds that others need. */
export class HelpSearch {
  readonly #attempts: Attempts;
  readonly #limit = pLimit(attemptsAtOnce);

  constructor(attempts: Attempts) {
    this.#attempts = attempts;
  }

  /**
   * The manner with which the case holds: the given one, or with the first accommodation of the table that helps, or with as
   * few as possible of them; undefined if nothing helps.
   * @param failed the attempt at the case without help
   */
  async find(need: Case, base: Manner, failed: Attempt): Promise<Manner | undefined> {
    if (failed.outcome !== 'broken' || failed.notStarted) return undefined;
    if (await this.#holds(need, base)) return base;
    const candidates = accommodations.filter((entry) => mayHelp(entry, need, base, failed, this.#attempts.subject));
    const manners = candidates.map(({ id }) => withEntry(base, id));
    const helps = manners.map((manner) => this.#helps(need, manner));
    // The first that helps is taken as soon as those before it are known not to.
    for (const [at, manner] of manners.entries()) if (await helps[at]) return manner;
    if (candidates.length < 2) return undefined;
    const all = new Set([...base, ...candidates.map(({ id }) => id)]);
    return (await this.#helps(need, all)) ? this.#fewest(need, base, all) : undefined;
  }

  /** Leaves out one accommodation after the other, as long as the case holds. */
  async #fewest(need: Case, base: Manner, all: Manner): Promise<Manner> {
    let manner = all;
    for (const id of all) {
      if (base.has(id)) continue;
      const fewer = new Set([...manner].filter((other) => other !== id));
      if (await this.#helps(need, fewer)) manner = fewer;
    }
    return manner;
  }

  /** Whether the case holds with this help, time after time. */
  async #helps(need: Case, manner: Manner): Promise<boolean> {
    if (!(await this.#holds(need, manner))) return false;
    for (let times = 1; times < timesThatCount; times += 1) {
      if (!isGood(await this.#limit(() => this.#attempts.again(need, manner, forHelp)))) return false;
    }
    return true;
  }

  async #holds(need: Case, manner: Manner): Promise<boolean> {
    return isGood(await this.#limit(() => this.#attempts.of(need, manner, forHelp)));
  }
}

function withEntry(base: Manner, id: AccommodationId): Manner {
  return new Set([...base, id]);
}

function mayHelp(entry: Accommodation, need: Case, base: Manner, failed: Attempt, subject: Subject): boolean {
  const { id, roles, extension, neverCrashes, changes } = entry;
  if (base.has(id) || !roles.includes(need.role) || isUnfit(entry, need)) return false;
  if (extension !== undefined && !subject.implementation.manifest.extensions?.includes(extension)) return false;
  if (neverCrashes && failed.crashed) return false;
  if (changes === 'requests') return failed.hasConnected;
  return changes !== 'swarm' || subject.servers === undefined;
}
