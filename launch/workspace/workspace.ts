import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { checkWorkspace } from '../manifest/check-workspace.ts';
import { planCopy } from '../manifest/copy-plan.ts';
import type { CopyItem } from '../manifest/copy-plan.ts';
import type { Implementation } from '../manifest/implementation.ts';
import { expand } from '../manifest/placeholders.ts';
import type { PlaceholderValues } from '../manifest/placeholders.ts';
import { throwProblems } from '../documents/problem.ts';
import { replacementsByFile, replaceTexts } from '../manifest/replacements.ts';
import { writeExecutables } from '../process/start-gate.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Copies an implementation's files into the new folder `workspace`, and makes the manifest's replacements and folders.
 * @throws UsageError if the files have changed since the manifest was checked and no longer fit it
 */
export async function createWorkspace(
  { path, folder, manifest }: Implementation,
  workspace: string,
  values: PlaceholderValues,
): Promise<void> {
  const plan = await planCopy(folder, manifest.workspace?.copy);
  throwProblems(path, await checkWorkspace(manifest, plan));

  await mkdir(workspace, { recursive: true });
  await writeExecutables(async () => {
    for (const item of plan.items.values()) await copy(item, join(workspace, item.target));
    for (const [file, replacements] of replacementsByFile(manifest.workspace?.replace)) {
      const target = join(workspace, file);
      const bytes = replaceTexts(await readFile(target), replacements).bytes(values);
      await chmod(target, (await stat(target)).mode | 0o200);
      await writeFile(target, bytes);
    }
  });
  for (const name of manifest.workspace?.mkdir ?? []) {
    await mkdir(insideWorkspace(workspace, expand(name, values)), { recursive: true });
  }
}

/** The absolute path of `name` in the workspace. @throws UsageError if it leads out, as a peer id with ".." can */
export function insideWorkspace(workspace: string, name: string): string {
  const path = resolve(workspace, name);
  if (path.startsWith(workspace + sep)) return path;
  throw new UsageError(`${JSON.stringify(name)} leads out of the workspace: use ids without "/" with this manifest.`);
}

/** Replaces a file in the workspace; a copied link at its path is not followed. */
export async function replaceFile(path: string, contents: Uint8Array): Promise<void> {
  await rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents, { flag: 'wx' });
}

async function copy({ source, kind }: CopyItem, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  if (kind === 'file') await copyFile(source, target, constants.COPYFILE_FICLONE);
  else if (kind === 'link') await symlink(await readlink(source), target);
  // Copied folders are always writable.
  else await mkdir(target, { recursive: true, mode: (await stat(source)).mode | 0o700 });
}
