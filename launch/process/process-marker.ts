import { readFileSync, readlinkSync, statSync } from 'node:fs';

/** The environment variable that all processes of a session inherit: `<session>/<number of the program>`. */
export const cookieName = 'MINIBIT_RUN';
/** The folder of every session is named this, followed by the session's name. */
export const sessionFolderPrefix = 'minibit-run-';

/** How the processes of a session, or of one of its programs, are recognized after they changed their group or session. */
export interface ProcessMarker {
  /** A prefix of the cookie's value: `<session>/` for all, `<session>/<n>` and a zero byte for one program. */
  readonly cookie: string;
  /** A folder that only they work in: recognizes those that cleared their environment. */
  readonly folder: string;
}

/** Processes of no session, which are inspected only once: a machine has many. By id, the inode of the entry in /proc. */
const unrelated = new Map<number, number>();

/** Whether a process belongs to the session or program of `marker`. Always false where there is no /proc. */
export function hasMarker(pid: number, { cookie, folder }: ProcessMarker): boolean | 'dead' {
  if (pid === process.pid) return false;
  try {
    const { ino } = statSync(`/proc/${pid}`);
    if (unrelated.get(pid) === ino) return false;
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    if (`\0${environment}`.includes(`\0${cookieName}=${cookie}`)) return true;
    const paths = ['cwd', 'fd/1', 'fd/2'].map((name) => `${linkTarget(pid, name)}/`);
    if (paths.some((path) => path.startsWith(`${folder}/`))) return !hasTerminal(pid);
    // A process in the middle of an exec has no environment.
    const isUnrelated =
      environment !== '' &&
      !environment.includes(`${cookieName}=`) &&
      !paths.some((path) => path.includes(sessionFolderPrefix));
    if (isUnrelated) unrelated.set(pid, ino);
    return false;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return ['ENOENT', 'ESRCH'].includes(code) ? 'dead' : false; // Otherwise it belongs to another user.
  }
}

/** True for a shell that the user opened in a kept folder; programs of a session have no terminal. */
function hasTerminal(pid: number): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[4] !== '0';
}

function linkTarget(pid: number, name: string): string {
  try {
    return readlinkSync(`/proc/${pid}/${name}`);
  } catch {
    return '';
  }
}
