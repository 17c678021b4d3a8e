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

/** What was found out about a process, which is inspected only once: a machine has many. */
interface Inspected {
  /** Of its entry in /proc: another process with the same id has another. */
  readonly inode: number;
  /** With the zero byte that ends it; none in a process of no session. */
  readonly cookie?: string;
}

/** By process id. */
const inspected = new Map<number, Inspected>();

const cookiePattern = new RegExp(`\\0${cookieName}=([^\\0]*\\0)`);

/** Whether a process belongs to the session or program of `marker`. Always false where there is no /proc. */
export function hasMarker(pid: number, { cookie, folder }: ProcessMarker): boolean | 'dead' {
  if (pid === process.pid) return false;
  try {
    const { ino: inode } = statSync(`/proc/${pid}`);
    const known = inspected.get(pid);
    if (known?.inode === inode && known.cookie?.startsWith(cookie) !== true) return false;
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    const found = cookiePattern.exec(`\0${environment}`)?.[1];
    if (found?.startsWith(cookie) === true) return true;
    const paths = ['cwd', 'fd/1', 'fd/2'].map((name) => `${linkTarget(pid, name)}/`);
    if (paths.some((path) => path.startsWith(`${folder}/`))) return !hasTerminal(pid);
    // A process in the middle of an exec has no environment.
    const isUnrelated = environment !== '' && !paths.some((path) => path.includes(sessionFolderPrefix));
    if (found !== undefined) inspected.set(pid, { inode, cookie: found });
    else if (isUnrelated) inspected.set(pid, { inode });
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
