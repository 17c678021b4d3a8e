import { readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** The variable that every program inherits to its children: `<run>/<number of the program>`. */
export const cookieName = 'MINIBIT_RUN';
/** How the name of the folder of every run starts. */
export const runFolderPrefix = 'minibit-run-';

/** How the processes of a run, or of one program of it, are known whatever group or session they moved to. */
export interface Mark {
  /** How the value of the cookie starts: `<run>/` for all, `<run>/<n>` and a zero byte for one program. */
  readonly cookie: string;
  /** A folder that only they work in: some clear their environment. */
  readonly folder: string;
}

const pauseMs = 3;

/** So many looks in a row that find nothing are enough; one is not: in the middle of an exec there is no environment. */
const calmLooks = 2;
/** If others died between them, so many: each may have forked to evade, but most are strangers. */
const quietLooks = 10;

/**
 * Kills every process that carries `mark`, again and again until none is found, for at most `deadlineMs`.
 * @returns the ids of those that would not go. Always none where there is no /proc.
 */
export async function sweep(mark: Mark, deadlineMs: number): Promise<number[]> {
  const end = performance.now() + deadlineMs;
  const dead = new Set<number>();
  for (let quiet = 0, calm = 0; calm < calmLooks && quiet < quietLooks;) {
    const deadBefore = dead.size;
    const found = look(mark, dead);
    quiet = found.length === 0 ? quiet + 1 : 0;
    calm = quiet > 0 && dead.size === deadBefore ? calm + 1 : 0;
    if (performance.now() >= end) return found;
    await wait(pauseMs);
  }
  return [];
}

/** Kills what it finds at once, the newest first: they have the least time to fork. Adds to the `dead`. */
function look(mark: Mark, dead: Set<number>): number[] {
  const found: number[] = [];
  for (const pid of processIds().sort((a, b) => b - a)) {
    const carrier = carries(pid, mark);
    if (carrier === 'dead') dead.add(pid);
    if (carrier === true && kill(pid)) found.push(pid);
  }
  return found;
}

/** SIGKILL to a process, or with a negative id to a group. @returns whether it was still there */
export function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Whether a process group has members, zombies included. */
export function groupExists(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
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

/** Processes of no run: there are many on a machine, so they are looked into only once. By id, the inode of its entry. */
const strangers = new Map<number, number>();

function carries(pid: number, { cookie, folder }: Mark): boolean | 'dead' {
  if (pid === process.pid) return false;
  try {
    const { ino } = statSync(`/proc/${pid}`);
    if (strangers.get(pid) === ino) return false;
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    if (`\0${environment}`.includes(`\0${cookieName}=${cookie}`)) return true;
    const places = ['cwd', 'fd/1', 'fd/2'].map((name) => `${linkOf(pid, name)}/`);
    if (places.some((place) => place.startsWith(`${folder}/`))) return !hasTerminal(pid);
    // In the middle of an exec there is no environment.
    const isStranger =
      environment !== '' &&
      !environment.includes(`${cookieName}=`) &&
      !places.some((place) => place.includes(runFolderPrefix));
    if (isStranger) strangers.set(pid, ino);
    return false;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return ['ENOENT', 'ESRCH'].includes(code) ? 'dead' : false; // Else it is another user's.
  }
}

/** A shell that the user opened in a kept folder works there too, but has a terminal; programs of a run have none. */
function hasTerminal(pid: number): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[4] !== '0';
}

function linkOf(pid: number, name: string): string {
  try {
    return readlinkSync(`/proc/${pid}/${name}`);
  } catch {
    return '';
  }
}
