import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, isAbsolute, join, posix, relative, resolve } from 'node:path';
import type { Problem } from '../documents/problem.ts';
import { quote } from '../documents/problem.ts';

/** A file, folder or symbolic link to be copied. `target` is relative to the workspace, '' is the workspace itself. */
export interface CopyItem {
  readonly source: string;
  readonly target: string;
  readonly kind: 'file' | 'folder' | 'link';
}

export interface CopyPlan {
  /** By target; a folder precedes its content. */
  readonly items: ReadonlyMap<string, CopyItem>;
  readonly problems: readonly Problem[];
}

/** The limits of what is copied for each process. */
export const copyLimits = { sizeBytes: 256 * 2 ** 20, files: 20_000 } as const;

/** Never copied: large, and not needed to run a program. The last pattern matches the folders of sessions. */
const excluded = /(^|\/)(\.git|node_modules\/\.cache|minibit-run-[0-9a-f]+)$/;

/** Lists the files that the `copy` entries of a manifest in `folder` bring into a workspace. Links are not followed. */
export async function planCopy(folder: string, copy: readonly string[] = ['.']): Promise<CopyPlan> {
  const items = new Map<string, CopyItem>();
  const problems: Problem[] = [];
  let sizeBytes = 0;

  const add = async (source: string, target: string, field: string): Promise<void> => {
    if (excluded.test(target)) return;
    const stats = await lstat(source);
    const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : stats.isSymbolicLink() ? 'link' : undefined;
    if (!kind) return; // Sockets, pipes and devices cannot be copied.
    const earlier = items.get(target);
    if (earlier && earlier.source !== source && (earlier.kind !== 'folder' || kind !== 'folder')) {
      problems.push({ field, message: `and another entry both bring ${quote(target)}: rename one of them.` });
      return;
    }
    if (kind === 'file' && !earlier) sizeBytes += stats.size;
    items.set(target, { source, target, kind });
    if (kind !== 'folder') return;
    for (const name of await readdir(source)) {
      if (sizeBytes > copyLimits.sizeBytes || items.size > copyLimits.files) return;
      await add(join(source, name), posix.join(target, name), field);
    }
  };

  for (const [index, entry] of copy.entries()) {
    const field = `workspace.copy[${index}]`;
    try {
      await add(await realpath(resolve(folder, entry)), targetOf(folder, entry), field);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const why =
        code === 'ENOENT' ? `does not exist in ${folder}: correct the path.` : `cannot be copied: ${message}.`;
      problems.push({ field, message: `${quote(entry)} ${why}` });
    }
  }
  if (sizeBytes > copyLimits.sizeBytes || items.size > copyLimits.files) {
    problems.push({
      field: 'workspace.copy',
      message:
        `brings more than ${copyLimits.sizeBytes / 2 ** 20} MiB or ${copyLimits.files} files (.git and ` +
        'node_modules/.cache not counted), too much for a copy per process: list only the files that the programs need.',
    });
  }
  return { items, problems };
}

/** Entries keep their relative path; an entry outside the manifest's folder is copied under its last name. */
function targetOf(folder: string, entry: string): string {
  const path = relative(folder, resolve(folder, entry));
  return path === '..' || path.startsWith('../') || isAbsolute(path) ? basename(resolve(folder, entry)) : path;
}
