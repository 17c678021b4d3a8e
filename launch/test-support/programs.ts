// Programs for tests: a few lines of shell or Python.
import { readdirSync, readFileSync } from 'node:fs';
import type { Implementation } from '../manifest/implementation.ts';
import { loadImplementation } from '../manifest/load-implementation.ts';
import { writeFiles } from './files.ts';

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

/** A shell command that listens on port $1 and never ends. */
export const listen = `exec python3 -c '
import socket, sys, time
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
time.sleep(1000)' "$1"`;

/** The ids of the processes with this text in their command line: each test uses a text of its own. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}
