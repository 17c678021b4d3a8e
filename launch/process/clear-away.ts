import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { kill, sweep } from './leftovers.ts';
import type { Mark } from './leftovers.ts';

/** What a run leaves behind when it ends, by whatever cause. */
export interface Remains {
  /** Every process of the run carries it. */
  readonly mark: Mark;
  /** The process groups of its programs that have not been stopped. */
  readonly groups: Iterable<number>;
  /** Whether the folder stays. */
  readonly keep: boolean;
}

const sweepDeadlineMs = 1_500;

/**
 * Kills every process of a run and deletes its folder.
 * @throws Error that says what is still there
 */
export async function clearAway({ mark, groups, keep }: Remains): Promise<void> {
  for (const group of groups) kill(-group);
  const left = await sweep(mark, sweepDeadlineMs);
  if (!keep) await deleteFolder(mark.folder);
  if (left.length > 0) throw new Error(`These processes cannot be killed: ${left.join(' ')}. Look at them with ps.`);
}

/** Also a folder whose modes forbid it, or whose paths are longer than the system takes. */
async function deleteFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  } catch {
    const run = promisify(execFile);
    await run('chmod', ['-R', 'u+rwX', folder]).catch(() => undefined);
    await run('rm', ['-rf', '--', folder]);
  }
}
