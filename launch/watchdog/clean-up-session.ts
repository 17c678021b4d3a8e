import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { kill } from '../process/kill.ts';
import { killMarked } from '../process/kill-marked.ts';
import type { ProcessMarker } from '../process/process-marker.ts';

/** What a session leaves behind when it ends, for any reason. */
export interface SessionLeftovers {
  /** Every process of the session has it. */
  readonly marker: ProcessMarker;
  /** The process groups of its programs that have not been stopped. */
  readonly groups: Iterable<number>;
  /** Whether the folder stays. */
  readonly keep: boolean;
}

const killDeadlineMs = 1_500;

/**
 * Kills every process of a session and deletes its folder.
 * @throws Error that names the processes that cannot be killed
 */
export async function cleanUpSession({ marker, groups, keep }: SessionLeftovers): Promise<void> {
  for (const group of groups) kill(-group);
  const survivors = await killMarked(marker, killDeadlineMs);
  if (!keep) await deleteFolder(marker.folder);
  if (survivors.length > 0) {
    throw new Error(`These processes cannot be killed: ${survivors.join(' ')}. Look at them with ps.`);
  }
}

/** Handles folders whose modes forbid deletion, and paths longer than the system accepts. */
async function deleteFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  } catch {
    const run = promisify(execFile);
    await run('chmod', ['-R', 'u+rwX', folder]).catch(() => undefined);
    await run('rm', ['-rf', '--', folder]);
  }
}
