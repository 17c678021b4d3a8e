import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cookieName } from './process-marker.ts';
import { OutputFile } from './output-file.ts';
import { ProgramError } from './program-error.ts';

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

/** @throws ProgramError `cannot-start` */
export async function spawnProgram(options: SpawnOptions): Promise<Spawned> {
  const [file, ...args] = options.command;
  const stdout = new OutputFile(join(options.folder, 'stdout.txt'));
  const stderr = new OutputFile(join(options.folder, 'stderr.txt'));
  const startedAtMs = performance.now();
  try {
    const child = spawn(file, args, {
      cwd: options.workspace,
      env: { ...process.env, ...options.env, [cookieName]: options.cookie },
      detached: true,
      stdio: ['ignore', stdout.fd, stderr.fd],
    });
    const exited = new Promise<Exit>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal, atMs: performance.now() }));
    });
    await once(child, 'spawn');
    const pid = child.pid ?? Number.NaN;
    return { pid, startedAtMs, exited, stdout, stderr };
  } catch (error) {
    stdout.close();
    stderr.close();
    throw new ProgramError('cannot-start', `${file} cannot be started: ${reason(error as NodeJS.ErrnoException)}.`);
  }
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  // The manifest check has found the program, so most often the interpreter is missing.
  if (code === 'ENOENT') return `the program, or the interpreter in its first line, does not exist (${message})`;
  if (code === 'EACCES') return `it is not executable: chmod +x it (${message})`;
  return message;
}
