import { readFile } from 'node:fs/promises';
import { errorMessage } from '../../launch/error-message.ts';
import { loadKnownFailures } from '../../conformance/judge/known-failures.ts';
import { addressText } from '../../conformance/running/running-server.ts';
import { RunningServers } from '../../conformance/running/running-servers.ts';
import { UsageError } from '../../launch/usage-error.ts';
import manifestSchema from '../../schemas/manifest.json' with { type: 'json' };
import type { Manifest } from '../../schemas/types.ts';
import type { Target } from '../session/judge.ts';

/** The options of `conform` for servers that somebody else runs. */
export interface RunningOptions {
  tracker?: { host: string; port: number };
  peer?: { host: string; port: number };
  file?: string;
  blocks?: number;
  extension: string[];
  knownFailures?: string;
}

/** Whether the options are about running servers, and fit together. @throws UsageError */
export function asksForRunning(options: RunningOptions, manifests: readonly string[]): boolean {
  const { tracker, peer, file, blocks, extension } = options;
  if (tracker === undefined && peer === undefined) {
    const [lost] = [
      ...(file === undefined ? [] : ['--file']),
      ...(blocks === undefined ? [] : ['--blocks']),
      ...(extension.length === 0 ? [] : ['--extension']),
    ];
    if (lost !== undefined)
      throw new UsageError(`${lost} is for servers that already run: give --tracker or --peer too.`);
    return false;
  }
  if (manifests.length > 0) {
    throw new UsageError(
      `--tracker and --peer judge servers that already run: give them, or the manifest ${manifests[0]}, not both.`,
    );
  }
  if (blocks === undefined)
    throw new UsageError('--blocks is missing: the number of blocks that the servers were given.');
  if (tracker !== undefined && file === undefined) {
    throw new UsageError('--file is missing: the file that the tracker shares, to compare its blocks with.');
  }
  if (tracker === undefined && file !== undefined) {
    throw new UsageError('--file is for the tracker that shares it: give --tracker too, or leave it out.');
  }
  const known = manifestSchema.properties.extensions.items.enum;
  const unknown = extension.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--extension: ${JSON.stringify(unknown)} is none of ${known.join(', ')}.`);
  }
  return true;
}

/** The running servers that the options name. @throws UsageError if the file cannot be read, or nobody listens */
export async function openRunning(options: RunningOptions): Promise<Target & { servers: RunningServers }> {
  const { tracker, peer, blocks = 1, extension } = options;
  const roles = (['tracker', 'peer'] as const).flatMap((role) => {
    const address = options[role];
    return address === undefined ? [] : [{ role, where: addressText(address) }];
  });
  const name = roles.map(({ role, where }) => `${role} at ${where}`).join(', ');
  // Said in the way of a manifest; nothing of it is ever started.
  const manifest: Manifest = { name, extensions: [...new Set(extension)] as NonNullable<Manifest['extensions']> };
  for (const { role } of roles) manifest[role] = { command: ['already-running'] };
  const implementation = { path: name, folder: '', manifest };
  const file = options.file === undefined ? undefined : await readShared(options.file);
  const knownFailures =
    options.knownFailures === undefined ? undefined : await loadKnownFailures(options.knownFailures, implementation);
  const servers = await RunningServers.open({ tracker, peer, blocks, file });
  const words = [
    ...roles.flatMap(({ role, where }) => [`--${role}`, where]),
    ...(options.file === undefined ? [] : ['--file', options.file]),
    '--blocks',
    String(blocks),
    ...extension.flatMap((item) => ['--extension', item]),
  ];
  return { implementation, knownFailures, words, servers };
}

async function readShared(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`--file ${path} cannot be read: ${errorMessage(error)}.`);
  }
}
