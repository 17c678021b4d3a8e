import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * A process and its descendants, for instance a shell and the program that it starts. Children of threads other than the
 * first are not found; where there is no /proc, only the process itself.
 */
export function processTree(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(processTree)];
}

function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1');
    return children.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** The number of open sockets of a process; undefined where there is no /proc, or the process has ended. */
export function openSockets(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).filter((fd) => isSocket(`/proc/${pid}/fd/${fd}`)).length;
  } catch {
    return undefined;
  }
}

function isSocket(link: string): boolean {
  try {
    return readlinkSync(link).startsWith('socket:');
  } catch {
    // It has just been closed.
    return false;
  }
}
