import { loadKnownFailures } from '../../conformance/judge/known-failures.ts';
import type { Servers } from '../../conformance/judge/attempt/servers.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { KnownFailure } from '../../schemas/types.ts';

/** An implementation to judge. */
export interface Target {
  readonly implementation: Implementation;
  readonly knownFailures: readonly KnownFailure[] | undefined;
  /** The arguments that name it on the command line, for the commands that rerun a case. */
  readonly args: readonly string[];
  /** The servers to judge, if they already run. */
  readonly servers?: Servers;
}

/** Reads a manifest, by default that of the reference, and its known failures. @throws UsageError */
export async function loadTarget(manifest: string | undefined, knownFailuresPath?: string): Promise<Target> {
  const implementation = await loadImplementation(manifest);
  const knownFailures = await loadKnownFailures(knownFailuresPath, implementation);
  return { implementation, knownFailures, args: manifest === undefined ? [] : [manifest] };
}
