import type { Implementation } from '../../launch/manifest/implementation.ts';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import { isOutputKnown } from '../../launch/manifest/passed-placeholders.ts';
import { UsageError } from '../../launch/usage-error.ts';

/**
 * Which implementation runs each role: the reference runs a role that `implementation` lacks.
 * @throws UsageError if the peer's output file could not be found
 */
export async function rolesOf(
  implementation: Implementation,
): Promise<{ tracker: Implementation; peer: Implementation }> {
  const { manifest, path } = implementation;
  if (manifest.peer && !isOutputKnown(manifest)) {
    throw new UsageError(
      `${path}: peer.output is missing: give the path of the peer's output file, so that it can be checked.`,
    );
  }
  const reference = manifest.tracker && manifest.peer ? implementation : await loadImplementation();
  return { tracker: manifest.tracker ? implementation : reference, peer: manifest.peer ? implementation : reference };
}
