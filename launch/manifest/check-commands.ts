import { existsSync } from 'node:fs';
import { isAbsolute, posix } from 'node:path';
import type { CopyPlan } from './copy-plan.ts';
import { isOnPath, isExecutable } from './executable.ts';
import type { Manifest } from '../../schemas/types.ts';
import { wordsInBraces } from './placeholders.ts';
import type { Problem } from '../documents/problem.ts';
import { quote } from '../documents/problem.ts';

/** Checks that the program of each role exists, on PATH or among the copied files. */
export async function checkCommands(manifest: Manifest, plan: CopyPlan): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const role of ['tracker', 'peer'] as const) {
    const command = manifest[role]?.command[0].replace(/^\{workspace\}\//, './');
    if (command === undefined || wordsInBraces(command).length > 0) continue;
    const message = await commandProblem(command, manifest.env?.['PATH'], plan);
    if (message !== undefined) problems.push({ field: `${role}.command[0]`, message: `${quote(command)} ${message}` });
  }
  return problems;
}

async function commandProblem(command: string, path: string | undefined, plan: CopyPlan): Promise<string | undefined> {
  if (command === '') return 'is empty: name the program to run.';
  if (isAbsolute(command)) {
    return (await isExecutable(command))
      ? undefined
      : 'does not exist or is not executable: correct the path or its mode.';
  }
  const bare = !command.includes('/');
  if (bare && (wordsInBraces(path ?? '').length > 0 || (await isOnPath(command, path ?? process.env['PATH'])))) {
    return undefined;
  }
  const source = sourceOf(posix.normalize(command), plan.items);
  if (source === undefined || !existsSync(source)) {
    const found = bare ? 'found neither on PATH nor' : 'not found';
    return `is ${found} among the copied files: install it, correct the name, or add it to workspace.copy.`;
  }
  return (await isExecutable(source)) ? undefined : `is not executable: chmod +x ${quote(source)}.`;
}

/** The source of a path in the workspace; the path may lead through a copied link. */
function sourceOf(target: string, items: CopyPlan['items']): string | undefined {
  const item = items.get(target);
  if (item) return item.source;
  const parent = posix.dirname(target);
  if (parent === target || parent === '.') return undefined;
  const source = items.get(parent)?.kind === 'folder' ? undefined : sourceOf(parent, items);
  return source === undefined ? undefined : posix.join(source, posix.basename(target));
}
