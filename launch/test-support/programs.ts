// For the tests of this room: implementations made of a few lines of shell or Python, in a temporary folder.
import { mkdtemp, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadImplementation } from '../manifest/load-implementation.ts';
import type { Implementation } from '../manifest/implementation.ts';
import { poll } from '../poll.ts';

/** A folder for each test, deleted after it. */
export function temporaryFolder(): { readonly path: string } {
  const folder = { path: '' };
  beforeEach(async () => {
    folder.path = await realpath(await mkdtemp(join(tmpdir(), 'minibit-test-')));
  });
  afterEach(() => rm(folder.path, { recursive: true, force: true }));
  return folder;
}

/** Writes files by their relative path; what is not text is written as JSON. */
export async function writeFiles(folder: string, files: Record<string, unknown>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
}

/** An implementation whose tracker and peer are this shell script. {port} is $1, {output} or {file} is $2. */
export async function shellProgram(folder: string, script: string): Promise<Implementation> {
  await writeFiles(folder, {
    'program.sh': script,
    'minibit.json': {
      name: 'shell',
      tracker: { command: ['sh', 'program.sh', '{port}', '{file}'] },
      peer: { command: ['sh', 'program.sh', '{port}', '{output}'] },
    },
  });
  return loadImplementation(folder);
}

/** A line of shell that listens on $1 for ever. */
export const listen = `exec python3 -c '
import socket, sys, time
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
time.sleep(1000)' "$1"`;

/** Waits for a condition of a test. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, deadlineMs = 15_000): Promise<void> {
  if (!(await poll(holds, deadlineMs))) throw new Error(`In ${deadlineMs} ms it did not come to be that ${what}.`);
}

/** Processes with this text in their command line: each test marks its own. */
export function processesWith(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** The text of a file, '' while it is not there. */
export function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not reject.');
}
