import { allCases } from '../../cases/index.ts';
import { clauseOf, type Case } from '../../cases/case.ts';
import { usualManner, type Manner } from '../../manner/manner.ts';
import { accommodation, isUnfit } from '../accommodations.ts';
import { whySkipped } from '../attempt/subject.ts';
import { isGood, type Attempts } from '../attempts.ts';
import { HelpSearch } from './search.ts';

/** What the cases that need a case, or several, can rely on: how to meet the program, or why they cannot be judged. */
export type Standing = { readonly manner: Manner } | { readonly blockedBy: string; readonly why: string };

/**
 * Finds out, for each case that others need, how the suite has to meet the program so that the case holds. It depends on what
 * that case needs in turn, and never on which cases are selected.
 */
export class Standings {
  readonly #attempts: Attempts;
  readonly #search: HelpSearch;
  readonly #found = new Map<string, Promise<Standing>>();

  constructor(attempts: Attempts) {
    this.#attempts = attempts;
    this.#search = new HelpSearch(attempts);
  }

  /** The standing of all that a case needs. Needs are attempted one after the other, as no case shall wait in vain. */
  async ofNeeds(item: Case): Promise<Standing> {
    const all = await this.#ofAll(item);
    return 'blockedBy' in all ? all : (unfit(item, all.manner) ?? all);
  }

  async #ofAll(item: Case): Promise<Standing> {
    let manner: Manner = usualManner;
    for (const id of item.needs) {
      const need = allCases.get(id);
      if (need === undefined) throw new Error(`Case ${item.id} needs ${id}, which does not exist.`);
      if (whySkipped(need, this.#attempts.subject) !== undefined) continue;
      const standing = await this.of(need);
      if ('blockedBy' in standing) return standing;
      manner = new Set([...manner, ...standing.manner]);
    }
    return { manner };
  }

  /** The standing of a case that others need. */
  of(need: Case): Promise<Standing> {
    const found = this.#found.get(need.id) ?? this.#find(need);
    this.#found.set(need.id, found);
    return found;
  }

  async #find(need: Case): Promise<Standing> {
    const base = await this.#ofAll(need);
    if ('blockedBy' in base || isMadeUpFor(need, base.manner)) return base;
    const cannot = unfit(need, base.manner);
    if (cannot !== undefined) return cannot;
    const attempt = await this.#attempts.of(need, mannerFor(need, base.manner));
    if (isGood(attempt)) return base;
    const manner = await this.#search.find(need, base.manner, attempt);
    return manner === undefined ? { blockedBy: need.id, why: attempt.message } : { manner };
  }
}

/** The manner in which a case is judged: without the accommodations to what breaks its own clause. */
export function mannerFor(item: Case, manner: Manner): Manner {
  const { id } = clauseOf(item);
  return new Set([...manner].filter((name) => accommodation(name).clause !== id));
}

/** Whether an accommodation does for other cases what they need this one for. */
function isMadeUpFor(need: Case, manner: Manner): boolean {
  const { id } = clauseOf(need);
  return [...manner].some((name) => accommodation(name).standsFor?.includes(id));
}

/** Why a case cannot be judged in this manner; undefined if it can. */
function unfit(item: Case, manner: Manner): Standing | undefined {
  const entry = [...manner].map(accommodation).find((one) => isUnfit(one, item));
  if (entry === undefined) return undefined;
  const { because, what, shownBy } = entry;
  return { blockedBy: shownBy(item.role), why: `${because}, and ${item.id} cannot be judged with ${what}` };
}
