import type { Implementation } from '../../launch/manifest/implementation.ts';
import { UsageError } from '../../launch/usage-error.ts';
import type { RunKind } from '../measurement/measured-run.ts';
import type { SharedFile } from '../swarm/shared-file.ts';

/** @throws UsageError if an implementation cannot share this file */
export function checkFile(file: SharedFile, implementations: readonly Implementation[]): void {
  if (file.isText) return;
  for (const { path, manifest } of implementations) {
    if (manifest.extensions?.includes('encoding')) continue;
    throw new UsageError(
      `${file.name} is binary, and ${manifest.name} shares text only: its manifest (${path}) does not list the extension "encoding". Give a UTF-8 text with --file or use --size.`,
    );
  }
}

/** @throws UsageError if the peers cannot share processes */
export function checkPacking({ path, manifest }: Implementation, runKinds: readonly RunKind[]): void {
  if (runKinds.includes('counting')) {
    throw new UsageError(
      '--peers-per-process: the peers of a process cannot be counted separately; add --pass timing.',
    );
  }
  if (manifest.peer?.pack) return;
  throw new UsageError(
    `--peers-per-process: ${path} lacks peer.pack, the command that starts many peers in one process.`,
  );
}
