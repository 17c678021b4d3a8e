import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { kill } from './kill.ts';
import { hasMarker, type ProcessMarker } from './process-marker.ts';

const pauseMs = 3;

/** End after this many empty scans in a row. One is not enough: a process in the middle of an exec has no environment. */
const calmScans = 2;
/** Where processes ended between the scans, each may have forked to evade the scan: end after this many empty scans. */
const emptyScans = 10;

/**
 * Kills all processes with `marker`, in repeated scans until none is found, for at most `deadlineMs`.
 * @returns the ids of those that survived; always none where there is no /proc
 */
export async function killMarked(marker: ProcessMarker, deadlineMs: number): Promise<number[]> {
  const end = performance.now() + deadlineMs;
  const dead = new Set<number>();
  for (let empty = 0, calm = 0; calm < calmScans && empty < emptyScans;) {
    const deadBefore = dead.size;
    const found = scan(marker, dead);
    empty = found.length === 0 ? empty + 1 : 0;
    calm = empty > 0 && dead.size === deadBefore ? calm + 1 : 0;
    if (performance.now() >= end) return found;
    await wait(pauseMs);
  }
  return [];
}

/** Kills what it finds at once, the newest first: those have had the least time to fork. Adds to the `dead`. */
function scan(marker: ProcessMarker, dead: Set<number>): number[] {
  const found: number[] = [];
  for (const pid of processIds().sort((a, b) => b - a)) {
    const marked = hasMarker(pid, marker);
    if (marked === 'dead') dead.add(pid);
    if (marked === true && kill(pid)) found.push(pid);
  }
  return found;
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
