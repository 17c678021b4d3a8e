import { randomBytes } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isListening } from './ports/is-listening.ts';
import type { Implementation, Role } from './manifest/implementation.ts';
import { sessionFolderPrefix } from './process/process-marker.ts';
import { prepareProgram } from './workspace/prepare-program.ts';
import { Program } from './process/program.ts';
import type { ProgramSettings } from './workspace/program-settings.ts';
import { ProgramError } from './process/program-error.ts';
import { ports } from './ports/port-lease.ts';
import type { PortLease } from './ports/port-lease.ts';
import { spawnProgram } from './process/spawn-program.ts';
import { startWatchdog, type Watchdog } from './watchdog/start-watchdog.ts';
import { UsageError } from './usage-error.ts';

/** All programs run on this machine. */
const host = '127.0.0.1';
/** Between two checks of the sizes of outputs. */
const outputCheckMs = 100;
/** From SIGTERM to SIGKILL at the end of a session: shorter than for a single program, so that Ctrl+C responds quickly. */
const closePatienceMs = 1_000;

/**
 * The programs that one invocation of the harness starts, a folder for their files, their ports, and a watchdog that
 * cleans up if the harness dies.
 */
export class Session {
  /** In the system's temporary folder; deleted when the session is closed, unless it is kept. */
  readonly folder: string;
  readonly #name: string;
  readonly #watchdog: Watchdog;
  readonly #leases = new Map<number, PortLease>();
  readonly #programs = new Set<Program>();
  readonly #launching = new Set<Promise<unknown>>();
  readonly #outputCheck: NodeJS.Timeout;
  #launched = 0;
  #closing: Promise<void> | undefined;

  /** With `keep`, the folder outlives the session. @throws UsageError if the folder cannot be created */
  static async open({ keep = false }: { keep?: boolean } = {}): Promise<Session> {
    const name = randomBytes(8).toString('hex');
    const folder = join(await temporaryFolder(), `${sessionFolderPrefix}${name}`);
    // The watchdog starts before the folder exists: a sudden end leaves nothing behind at any moment.
    const watchdog = startWatchdog({ cookie: `${name}/`, folder }, keep);
    try {
      await mkdir(folder, { mode: 0o700 });
    } catch (error) {
      await watchdog.close();
      throw new UsageError(`TMPDIR: cannot create a folder for temporary files: ${(error as Error).message}.`);
    }
    return new Session(name, folder, watchdog);
  }

  private constructor(name: string, folder: string, watchdog: Watchdog) {
    this.#name = name;
    this.folder = folder;
    this.#watchdog = watchdog;
    this.#outputCheck = setInterval(() => {
      for (const program of this.#programs) program.truncateOutputs();
    }, outputCheckMs).unref();
  }

  /** Leases a free port outside the ephemeral range until it is released or the session is closed. */
  async leasePort(): Promise<number> {
    const lease = await ports.lease();
    this.#leases.set(lease.port, lease);
    return lease.port;
  }

  /** Releases a leased port, after the program that listened there has been stopped. */
  releasePort(port: number): void {
    this.#leases.get(port)?.release();
    this.#leases.delete(port);
  }

  /**
   * Starts a program in a private copy of its files. Does not wait until it listens.
   * @throws UsageError if the manifest has no such role or does not fit its files
   * @throws ProgramError `cannot-start`
   */
  async launch(implementation: Implementation, role: Role, settings: ProgramSettings): Promise<Program> {
    const launching = this.#launch(implementation, role, settings);
    this.#launching.add(launching);
    return launching.finally(() => this.#launching.delete(launching));
  }

  async #launch(implementation: Implementation, role: Role, settings: ProgramSettings): Promise<Program> {
    this.#mustBeOpen();
    const id = ++this.#launched;
    const port = settings.pack?.at(0)?.port ?? settings.port ?? (await this.leasePort());
    const folder = join(this.folder, `${id}-${role}`);
    const workspace = join(folder, 'workspace');
    const { command, env, outputPaths } = await prepareProgram(implementation, role, settings, {
      host,
      port,
      workspace,
    });
    // A leased port has just been checked.
    if (settings.port !== undefined && (await isListening(port))) {
      throw new ProgramError('cannot-start', `Port ${port} of the ${role} is in use by another process.`);
    }
    this.#mustBeOpen();
    const cookie = `${this.#name}/${id}`;
    const spawned = await spawnProgram({ command, env, cookie, workspace, folder });
    this.#watchdog.watch(spawned.pid);
    const marker = { cookie: `${cookie}\0`, folder };
    const program = new Program({ role, host, port, workspace, outputPaths, marker }, spawned, {
      groupEmpty: () => this.#watchdog.forget(spawned.pid),
      stopped: () => this.#programs.delete(program),
    });
    this.#programs.add(program);
    return program;
  }

  #mustBeOpen(): void {
    if (this.#closing) throw new Error('The session has been closed.');
  }

  /**
   * Stops all programs at once, kills their remaining processes, and deletes the folder, in less than two seconds.
   * Without `polite`, kills them at once, also during an earlier polite call.
   * @throws Error that names the processes that cannot be killed
   */
  close({ polite = true }: { polite?: boolean } = {}): Promise<void> {
    this.#closing ??= this.#close(polite);
    if (!polite) for (const program of this.#programs) program.kill();
    return this.#closing;
  }

  async #close(polite: boolean): Promise<void> {
    await Promise.allSettled(this.#launching);
    const programs = [...this.#programs];
    await Promise.all(programs.map((program) => program.terminate(polite ? closePatienceMs : 0)));
    clearInterval(this.#outputCheck);
    for (const program of programs) program.closeOutputs();
    await this.#watchdog.close();
    await Promise.all(programs.map((program) => program.untilPortFree()));
    for (const lease of this.#leases.values()) lease.release();
  }
}

/** Its real path: the working folders of processes are compared with it. */
async function temporaryFolder(): Promise<string> {
  try {
    return await realpath(tmpdir());
  } catch (error) {
    throw new UsageError(`TMPDIR: ${tmpdir()} cannot hold temporary files: ${(error as Error).message}.`);
  }
}
