import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import { UsageError } from '../../launch/usage-error.ts';
import type { BenchmarkResult, ComparedSide } from '../../schemas/types.ts';
import { rolesOf } from '../grid/benchmark.ts';
import { implementationFacts } from '../grid/implementation-facts.ts';
import { checkOut } from './check-out.ts';

/** One of the two builds, ready to be started. A role that its manifest lacks is played by the reference. */
export interface Side {
  readonly tracker: Implementation;
  readonly peer: Implementation;
  /** What a report says of it. */
  readonly facts: ComparedSide;
}

export interface Sides {
  readonly base: Side;
  readonly head: Side;
}

const gitPrefix = 'git:';

/**
 * Loads both builds. Base may be `git:<revision>`: the manifest of head as it was in that revision of its repository.
 * @throws UsageError
 */
export async function loadSides(session: Session, base: string, head: string): Promise<Sides> {
  if (head.startsWith(gitPrefix)) throw new UsageError('--head: only --base can be a revision; head is what is there.');
  const headBuild = await loadImplementation(head);
  if (!base.startsWith(gitPrefix)) return { base: await sideOf(base), head: await sideOf(head, headBuild) };
  const { commit, path } = await checkOut(base.slice(gitPrefix.length), headBuild.path, `${session.folder}/base`);
  const baseSide = await sideOf(base, await loadImplementation(path));
  return {
    base: { ...baseSide, facts: { ...baseSide.facts, commit, dirty: false } },
    head: await sideOf(head, headBuild),
  };
}

/** What a comparison says of a build, out of what a benchmark says of it. */
export function sideFacts(
  { name, version, runtime, git }: BenchmarkResult['implementation'],
  source: string,
): ComparedSide {
  return {
    name,
    ...(version !== undefined && { version }),
    source,
    ...(git && { commit: git.commit, dirty: git.dirty }),
    ...(runtime !== undefined && { runtime }),
  };
}

/** A build as a side; without one, it is loaded from its source. @throws UsageError */
export async function sideOf(source: string, build?: Implementation): Promise<Side> {
  const implementation = build ?? (await loadImplementation(source));
  return { ...(await rolesOf(implementation)), facts: sideFacts(await implementationFacts(implementation), source) };
}
