import { readFile } from 'node:fs/promises';
import { loadKnownFailures } from '../../conformance/judge/known-failures.ts';
import { addressText } from '../../conformance/running/running-server.ts';
import { RunningServers } from '../../conformance/running/running-servers.ts';
import { UsageError } from '../../launch/usage-error.ts';
import manifestSchema from '../../schemas/manifest.json' with { type: 'json' };
import type { Manifest } from '../../schemas/types.ts';
import type { Target } from '../session/target.ts';
import { whyUnreadable } from '../../launch/documents/why-unreadable.ts';

/** The options of `conform` for servers that already run. */
export interface RunningOptions {
  tracker?: { host: string; port: number };
  peer?: { host: string; port: number };
  file?: string;
  blocks?: number;
  extension: string[];
  knownFailures?: string;
}

/** Whether the options name running servers. @throws UsageError if the options contradict each other */
export function namesRunningServers(options: RunningOptions, manifests: readonly string[]): boolean {
  const { tracker, peer, file, blocks, extension } = options;
  if (tracker === undefined && peer === undefined) {
    const [unused] = [
      ...(file === undefined ? [] : ['--file']),
      ...(blocks === undefined ? [] : ['--blocks']),
      ...(extension.length === 0 ? [] : ['--extension']),
    ];
    if (unused !== undefined)
      throw new UsageError(`${unused} is for servers that already run: give --tracker or --peer too.`);
    return false;
  }
  if (manifests.length > 0) {
    throw new UsageError(
      `--tracker and --peer judge servers that already run: give these options or the manifest ${manifests[0]}, not both.`,
    );
  }
  if (blocks === undefined)
    throw new UsageError('--blocks is missing: give the number of blocks that the servers were started with.');
  if (tracker !== undefined && file === undefined) {
    throw new UsageError('--file is missing: give the file that the tracker shares, to compare its blocks with.');
  }
  if (tracker === undefined && file !== undefined) {
    throw new UsageError('--file is for the tracker that shares it: give --tracker too, or leave it out.');
  }
  const known = manifestSchema.properties.extensions.items.enum;
  const unknown = extension.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--extension: ${JSON.stringify(unknown)} must be one of ${known.join(', ')}.`);
  }
  return true;
}

/** Connects to the running servers. @throws UsageError if the file cannot be read, or nothing listens */
export async function openRunningTarget(options: RunningOptions): Promise<Target & { servers: RunningServers }> {
  const { tracker, peer, blocks = 1, extension } = options;
  const roles = (['tracker', 'peer'] as const).flatMap((role) => {
    const address = options[role];
    return address === undefined ? [] : [{ role, where: addressText(address) }];
  });
  const name = roles.map(({ role, where }) => `${role} at ${where}`).join(', ');
  // The judge reads a manifest; these commands are never started.
  const manifest: Manifest = { name, extensions: [...new Set(extension)] as NonNullable<Manifest['extensions']> };
  for (const { role } of roles) manifest[role] = { command: ['already-running'] };
  const implementation = { path: name, folder: '', manifest };
  const file = options.file === undefined ? undefined : await readShared(options.file);
  const knownFailures =
    options.knownFailures === undefined ? undefined : await loadKnownFailures(options.knownFailures, implementation);
  const servers = await RunningServers.open({ tracker, peer, blocks, file });
  const args = [
    ...roles.flatMap(({ role, where }) => [`--${role}`, where]),
    ...(options.file === undefined ? [] : ['--file', options.file]),
    '--blocks',
    String(blocks),
    ...extension.flatMap((item) => ['--extension', item]),
  ];
  return { implementation, knownFailures, args, servers };
}

async function readShared(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`--file ${path} cannot be read: ${whyUnreadable(error)}.`);
  }
}
