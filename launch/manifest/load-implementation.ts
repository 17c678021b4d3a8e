import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { checkCommands } from './check-commands.ts';
import { checkPlaceholders } from './check-placeholders.ts';
import { checkWorkspace } from './check-workspace.ts';
import { planCopy } from './copy-plan.ts';
import { packageRoot } from '../package-root.ts';
import { throwProblems } from '../documents/problem.ts';
import type { Implementation } from './implementation.ts';
import { readDocument } from '../documents/read-document.ts';
import { UsageError } from '../usage-error.ts';
import { whyUnreadable } from '../documents/why-unreadable.ts';

const fileName = 'minibit.json';
const referencePath = join(packageRoot, 'impl/reference', fileName);

/**
 * Reads a manifest, or the `minibit.json` of a folder; without a path, that of the reference. Checks everything that can
 * be checked without starting a program: fields, copied files, replacements, placeholders, commands.
 * @throws UsageError that names the file, every field at fault, and the fix
 */
export async function loadImplementation(path: string = referencePath): Promise<Implementation> {
  const found = await findManifest(path);
  const manifest = await readDocument('manifest', found);
  const folder = dirname(found);
  const plan = await planCopy(folder, manifest.workspace?.copy);
  throwProblems(found, [
    ...checkPlaceholders(manifest),
    ...(await checkWorkspace(manifest, plan)),
    ...(await checkCommands(manifest, plan)),
  ]);
  return { path: found, folder, manifest };
}

async function findManifest(path: string): Promise<string> {
  try {
    const found = await realpath(resolve(path));
    return (await stat(found)).isDirectory() ? await realpath(join(found, fileName)) : found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(path, error);
    throw new UsageError(`${path}: no such manifest. Give the path of a ${fileName}, or of its folder.`);
  }
}

function unreadable(path: string, error: unknown): UsageError {
  return new UsageError(`${path} cannot be read: ${whyUnreadable(error)}.`);
}
