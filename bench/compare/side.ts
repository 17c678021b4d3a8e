import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import { UsageError } from '../../launch/usage-error.ts';
import type { BenchmarkResult, ComparedSide } from '../../schemas/types.ts';
import { rolesOf } from '../grid/roles.ts';
import { implementationFacts } from '../grid/implementation-facts.ts';
import { checkOut } from './check-out.ts';

/** One of the two builds. The reference runs a role that its manifest lacks. */
export interface Side {
  readonly tracker: Implementation;
  readonly peer: Implementation;
  /** Its description in the result. */
  readonly facts: ComparedSide;
}

export interface Sides {
  readonly base: Side;
  readonly head: Side;
}

const gitPrefix = 'git:';

/**
 * Loads both builds. Base may be `git:<revision>`: the manifest of head in that revision of its repository.
 * @throws UsageError
 */
export async function loadSides(session: Session, base: string, head: string): Promise<Sides> {
  if (head.startsWith(gitPrefix))
    throw new UsageError('--head: only --base can be a git revision; head is the working tree.');
  const headBuild = await loadImplementation(head);
  if (!base.startsWith(gitPrefix)) return { base: await sideOf(base), head: await sideOf(head, headBuild) };
  const { commit, path } = await checkOut(base.slice(gitPrefix.length), headBuild.path, `${session.folder}/base`);
  const baseSide = await sideOf(base, await loadImplementation(path));
  return {
    base: { ...baseSide, facts: { ...baseSide.facts, commit, dirty: false } },
    head: await sideOf(head, headBuild),
  };
}

/** The description of a build in a comparison, from its description in a benchmark. */
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

/** @param build default: loaded from `source` @throws UsageError */
export async function sideOf(source: string, build?: Implementation): Promise<Side> {
  const implementation = build ?? (await loadImplementation(source));
  return { ...(await rolesOf(implementation)), facts: sideFacts(await implementationFacts(implementation), source) };
}
