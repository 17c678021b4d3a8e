import { clauses, type Clause } from '../../schemas/clauses.ts';
import type { Manifest } from '../../schemas/types.ts';
import type { Timing } from '../../launch/manifest/timing.ts';
import type { PeerSetup, PeerStage } from '../stage/peer-stage.ts';
import type { PeerServerStage } from '../stage/server-stage.ts';
import type { TrackerSetup, TrackerStage } from '../stage/tracker-stage.ts';

/** What a held case returns: for a MAY clause, a sentence on what the implementation chose. */
type Observation = string | void;

interface Conditions {
  /**
   * Ids of the cases that must pass before this one can tell anything. The constructors default it to the case that a
   * registration works.
   */
  readonly needs: readonly string[];
  /** Why the case does not apply to an implementation, or undefined; `whyNotApplicable` checks roles and extensions. */
  readonly inapplicable?: (manifest: Manifest) => string | undefined;
  /**
   * The group of cases that take turns on a started program with the same setup; by default a case has a program of its own.
   * Only a case that holds counts there, and each other outcome is looked for on a program of its own. So all that must not be
   * is a case that holds on a used program and would not on a fresh one. Such a case says nothing about the first request of a
   * kind, about a start, or about what the program does by itself; it needs cases that do, and they have their own programs. It
   * has a verdict of MUST or SHOULD, and compares no texts of a MAY. A tracker lists nobody but the suite when its turn begins, a
   * peer may have granted the suite blocks.
   */
  readonly sharedBy?: string;
  /**
   * How long the case lasts with these intervals of the program, in milliseconds. Only a case for what time or number alone
   * shows states it: it runs with `--thorough`, or if it is named, and no other case needs it.
   */
  readonly thoroughMs?: (timing: Timing) => number;
  /** How likely the case errs where chance decides; each probability is derived in a comment, and at most 10⁻⁴. */
  readonly chance?: Chance;
}

/** Probabilities for one run of a case. */
interface Chance {
  /** A correct program fails. */
  readonly falseAlarm: number;
  /** A program with the defect that the case is for passes. */
  readonly miss: number;
}

interface CaseBase extends Conditions {
  /** The id of the clause that it checks, a slash, and the name of the situation. */
  readonly id: string;
  /** What happens, and what must come of it: `Six other peers are registered: get_peers lists five of them.` */
  readonly title: string;
}

export interface TrackerCase extends CaseBase {
  readonly role: 'tracker';
  /** Called for each attempt of the case. */
  readonly setup: () => TrackerSetup;
  readonly run: (stage: TrackerStage) => Promise<Observation>;
  /** The case also judges a running tracker, in any state and with any file and other peers. */
  readonly running?: boolean;
}

export interface PeerCase extends CaseBase {
  readonly role: 'peer';
  /** The case makes the program exit, so an exit is not a crash. */
  readonly endsProgram?: boolean;
  readonly setup: () => PeerSetup;
  readonly run: (stage: PeerStage) => Promise<Observation>;
  /** Judges a running peer in any state, if the case can: mostly `run` itself. */
  readonly running?: (stage: PeerServerStage) => Promise<Observation>;
}

export type Case = TrackerCase | PeerCase;

/** The case of each role that also tells whether the program starts. */
export const rootCase = {
  tracker: 'tracker.register.success/first-peer',
  peer: 'peer.register.once/at-start',
} as const;

export function trackerCase(
  id: string,
  title: string,
  run: TrackerCase['run'],
  options: Partial<Conditions & Pick<TrackerCase, 'setup' | 'running'>> = {},
): TrackerCase {
  return { role: 'tracker', id, title, run, needs: [rootCase.tracker], setup: () => ({}), ...options };
}

export function peerCase(
  id: string,
  title: string,
  run: PeerCase['run'],
  options: Partial<Conditions & Pick<PeerCase, 'setup' | 'endsProgram' | 'running'>> = {},
): PeerCase {
  return { role: 'peer', id, title, run, needs: [rootCase.peer], setup: () => ({}), ...options };
}

/** The clause that a case checks; throws if its id names no observable clause. */
export function clauseOf({ id }: Pick<Case, 'id'>): Clause {
  const clause = clauses.get(id.slice(0, id.indexOf('/')));
  if (clause === undefined || clause.excluded !== undefined) throw new Error(`Case ${id} names no clause to observe.`);
  return clause;
}

/** Why a case does not apply to an implementation, or undefined if it does. */
export function whyNotApplicable(item: Case, manifest: Manifest): string | undefined {
  if (manifest[item.role] === undefined) return `the manifest has no ${item.role}`;
  const { extension } = clauseOf(item);
  const declared: readonly string[] = manifest.extensions ?? [];
  if (extension !== undefined && !declared.includes(extension)) return `the extension ${extension} is not declared`;
  return item.inapplicable?.(manifest);
}
