import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cookieName } from './leftovers.ts';
import { OutputFile } from './output-file.ts';
import { ProgramTrouble } from './program-trouble.ts';

/** How a program ended: by `code`, or else by `signal`. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** On the clock of performance.now(). */
  readonly atMs: number;
}

/** What to start, and where. */
export interface SpawnOptions {
  readonly command: readonly [string, ...string[]];
  /** Added to the environment of the harness. */
  readonly env: Readonly<Record<string, string>>;
  /** The value of the cookie that the program and all of its children carry. */
  readonly cookie: string;
  /** Its working folder. */
  readonly workspace: string;
  /** Takes stdout.txt and stderr.txt. */
  readonly folder: string;
}

/** A process that was started: the leader of a group and session of its own. */
export interface Spawned {
  readonly pid: number;
  /** On the clock of performance.now(), right before the process was made. */
  readonly startedAtMs: number;
  /** Never rejects. */
  readonly exited: Promise<Exit>;
  readonly stdout: OutputFile;
  readonly stderr: OutputFile;
}

/** @throws ProgramTrouble `cannot-start` */
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
    throw new ProgramTrouble('cannot-start', `${file} cannot be started: ${whyNot(error as NodeJS.ErrnoException)}.`);
  }
}

function whyNot({ code, message }: NodeJS.ErrnoException): string {
  // That the program itself is there was found out before.
  if (code === 'ENOENT') return `it is not there, or the interpreter that its first line names is not (${message})`;
  if (code === 'EACCES') return `it may not be executed: chmod +x it (${message})`;
  return message;
}
