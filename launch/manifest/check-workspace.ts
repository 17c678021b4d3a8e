import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type { CopyPlan } from './copy-plan.ts';
import type { Manifest } from '../../schemas/types.ts';
import type { Problem } from '../documents/problem.ts';
import { quote } from '../documents/problem.ts';
import { replacementsByFile, replaceTexts } from './replacements.ts';

/** Checks the paths and replacements of a manifest against the files that are copied to the workspace. */
export async function checkWorkspace(manifest: Manifest, plan: CopyPlan): Promise<Problem[]> {
  const { workspace, tracker, peer } = manifest;
  const paths: [field: string, path: string][] = [
    ...(workspace?.mkdir ?? []).map((path, index): [string, string] => [`workspace.mkdir[${index}]`, path]),
    ['tracker.file', posix.dirname(tracker?.file ?? '.')],
    ['peer.output', posix.dirname(peer?.output ?? '.')],
  ];
  return [
    ...plan.problems,
    ...paths.flatMap(([field, path]) => checkParentFolders(field, path, plan)),
    ...checkNotFolder('tracker.file', tracker?.file, plan),
    ...checkNotFolder('peer.output', peer?.output, plan),
    ...(await checkReplacements(manifest, plan)),
  ];
}

/** A path through a copied link could leave the workspace; a path through a file does not exist. */
function checkParentFolders(field: string, path: string, { items }: CopyPlan): Problem[] {
  const steps = posix.normalize(path).split('/');
  const obstacle = steps
    .map((_, index) => items.get(steps.slice(0, index + 1).join('/')))
    .find((item) => item !== undefined && item.kind !== 'folder');
  if (!obstacle) return [];
  const kind = obstacle.kind === 'link' ? 'a symbolic link' : 'a file';
  return [
    { field, message: `leads through ${quote(obstacle.target)}, which is ${kind}: choose a path through folders.` },
  ];
}

function checkNotFolder(field: string, path: string | undefined, { items }: CopyPlan): Problem[] {
  if (path === undefined || items.get(posix.normalize(path).replace(/\/$/, ''))?.kind !== 'folder') return [];
  return [{ field, message: `${quote(path)} is a copied folder: name a file.` }];
}

async function checkReplacements({ workspace }: Manifest, { items }: CopyPlan): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [file, replacements] of replacementsByFile(workspace?.replace)) {
    const item = items.get(file);
    if (item?.kind !== 'file') {
      const found = item ? `is a ${item.kind}, not a file` : 'is not among the copied files';
      problems.push({
        field: `workspace.replace[${replacements[0].position}].file`,
        message: `${quote(file)} ${found}: correct the path, or add the file to workspace.copy.`,
      });
      continue;
    }
    for (const { replacement, found } of replaceTexts(await readFile(item.source), replacements).failures) {
      const { position, find, count = 1 } = replacement;
      problems.push({
        field: `workspace.replace[${position}].find`,
        message: `${quote(find)} occurs in ${quote(file)} ${times(found)}, not ${times(count)}: ${
          found === 0 ? 'correct the text.' : `make the text longer, or set "count": ${found}.`
        }`,
      });
    }
  }
  return problems;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
