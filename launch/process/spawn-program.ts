import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cookieName } from './process-marker.ts';
import { OutputFile } from './output-file.ts';
import { ProgramError } from './program-error.ts';
import { createProcess } from './start-gate.ts';
import { poll } from '../poll.ts';

/** How a program ended: by `code`, or else by `signal`. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** On the clock of performance.now(). */
  readonly atMs: number;
}

/** What to start, and in which folders. */
export interface SpawnOptions {
  readonly command: readonly [string, ...string[]];
  /** Added to the environment of the harness. */
  readonly env: Readonly<Record<string, string>>;
  /** The value of the cookie that the program and its children inherit. */
  readonly cookie: string;
  /** The working folder. */
  readonly workspace: string;
  /** The folder for stdout.txt and stderr.txt. */
  readonly folder: string;
}

/** A started process, the leader of its own process group and session. */
export interface Spawned {
  readonly pid: number;
  /** On the clock of performance.now(), right before the process was created. */
  readonly startedAtMs: number;
  /** Never rejects. */
  readonly exited: Promise<Exit>;
  readonly stdout: OutputFile;
  readonly stderr: OutputFile;
}

/** A file that another process has open for writing is tried again for this long: that process may be about to close it. */
const busyFileDeadlineMs = 5_000;

/** @throws ProgramError `cannot-start` */
export async function spawnProgram(options: SpawnOptions): Promise<Spawned> {
  const outputs = {
    stdout: new OutputFile(join(options.folder, 'stdout.txt')),
    stderr: new OutputFile(join(options.folder, 'stderr.txt')),
  };
  try {
    let created = await tryToSpawn(options, outputs);
    await poll(async () => (created ??= await tryToSpawn(options, outputs)) !== undefined, busyFileDeadlineMs);
    if (created === undefined) throw new Error('another process keeps it open for writing');
    return { ...created, ...outputs };
  } catch (error) {
    outputs.stdout.close();
    outputs.stderr.close();
    const [file] = options.command;
    throw new ProgramError('cannot-start', `${file} cannot be started: ${reason(error as NodeJS.ErrnoException)}.`);
  }
}

/** @returns undefined if the file cannot be executed now, since a process has it open for writing */
async function tryToSpawn(
  { command: [file, ...args], workspace, env, cookie }: SpawnOptions,
  { stdout, stderr }: Pick<Spawned, 'stdout' | 'stderr'>,
): Promise<Pick<Spawned, 'pid' | 'startedAtMs' | 'exited'> | undefined> {
  try {
    const { child, startedAtMs, exited, spawned } = await createProcess(() => {
      const startedAtMs = performance.now();
      const child = spawn(file, args, {
        cwd: workspace,
        env: { ...process.env, ...env, [cookieName]: cookie },
        detached: true,
        stdio: ['ignore', stdout.fd, stderr.fd],
      });
      const exited = new Promise<Exit>((resolve) => {
        child.once('exit', (code, signal) => resolve({ code, signal, atMs: performance.now() }));
      });
      return { child, startedAtMs, exited, spawned: once(child, 'spawn') };
    });
    await spawned;
    return { pid: child.pid ?? Number.NaN, startedAtMs, exited };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ETXTBSY') return undefined;
    throw error;
  }
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  // The manifest check has found the program, so most often the interpreter is missing.
  if (code === 'ENOENT') return `the program, or the interpreter in its first line, does not exist (${message})`;
  if (code === 'EACCES') return `it is not executable: chmod +x it (${message})`;
  return message;
}
