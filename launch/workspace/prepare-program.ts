import { join } from 'node:path';
import { isOnPath } from '../manifest/executable.ts';
import type { Implementation, Role } from '../manifest/implementation.ts';
import { writePackList } from './pack-list.ts';
import { expand, type PlaceholderValues } from '../manifest/placeholders.ts';
import { isOutputKnown } from '../manifest/passed-placeholders.ts';
import { UsageError } from '../usage-error.ts';
import { placeholderValues } from './placeholder-values.ts';
import type { ProgramLocation, ProgramSettings } from './program-settings.ts';
import { createWorkspace, insideWorkspace, replaceFile } from './workspace.ts';

/** How to start a program in its finished workspace. */
export interface PreparedProgram {
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** The path of each peer's rebuilt file; empty if the manifest does not say. */
  readonly outputPaths: readonly string[];
}

const defaultFile = 'minibit-shared-file';
const defaultOutput = 'minibit-output-file';

/**
 * Creates the workspace of a program and expands its command.
 * @throws UsageError if the manifest has no such role, or its files have changed since it was loaded
 */
export async function prepareProgram(
  implementation: Implementation,
  role: Role,
  settings: ProgramSettings,
  location: ProgramLocation,
): Promise<PreparedProgram> {
  const { path, manifest } = implementation;
  const { tracker, peer } = manifest;
  const program = manifest[role];
  if (!program) throw new UsageError(`${path} has no ${role}: add the field ${role}, or leave out what needs it.`);

  const values = new Map(placeholderValues(settings, location));
  if (settings.pack) return preparePack(implementation, settings.pack, values, location);
  const inside = (name: string) => insideWorkspace(location.workspace, expand(name, values));
  const filePath = inside(tracker?.file ?? defaultFile);
  const outputPath = inside(peer?.output ?? defaultOutput);
  values.set('file', role === 'tracker' ? filePath : '').set('output', role === 'peer' ? outputPath : '');

  await createWorkspace(implementation, location.workspace, values);
  if (role === 'tracker' && settings.file) await replaceFile(filePath, settings.file);

  return {
    ...(await expandCommand(program.command, manifest, values, location)),
    outputPaths: role === 'peer' && isOutputKnown(manifest) ? [outputPath] : [],
  };
}

/** Each peer of a pack has a file of its own, named in the list. */
async function preparePack(
  implementation: Implementation,
  members: NonNullable<ProgramSettings['pack']>,
  values: Map<string, string>,
  location: ProgramLocation,
): Promise<PreparedProgram> {
  const { path, manifest } = implementation;
  const command = manifest.peer?.pack;
  if (!command)
    throw new UsageError(`${path} has no peer.pack: add the command that starts many peers in one process.`);
  values.set('file', '').set('output', '');
  await createWorkspace(implementation, location.workspace, values);
  const pack = await writePackList(location.workspace, members);
  values.set('pack', pack.path);
  return { ...(await expandCommand(command, manifest, values, location)), outputPaths: pack.outputPaths };
}

async function expandCommand(
  command: readonly string[],
  { env = {} }: Implementation['manifest'],
  values: PlaceholderValues,
  { workspace }: ProgramLocation,
): Promise<Pick<PreparedProgram, 'command' | 'env'>> {
  const expandedEnv = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, expand(value, values)]));
  const [file, ...args] = command.map((part) => expand(part, values)) as [string, ...string[]];
  return {
    command: [await locate(file, workspace, expandedEnv['PATH'] ?? process.env['PATH']), ...args],
    env: expandedEnv,
  };
}

/** A bare name that is not on PATH is a copied file. */
async function locate(file: string, workspace: string, path: string | undefined): Promise<string> {
  return file.includes('/') || (await isOnPath(file, path)) ? file : join(workspace, file);
}
