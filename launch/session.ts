import { randomBytes } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isListening } from './ports/listening.ts';
import type { Implementation } from './manifest/implementation.ts';
import { runFolderPrefix } from './process/leftovers.ts';
import { prepare } from './workspace/prepare.ts';
import { Program } from './process/program.ts';
import type { ProgramSettings, Role } from './process/program.ts';
import { ProgramTrouble } from './process/program-trouble.ts';
import { ports } from './ports/port-lease.ts';
import type { PortLease } from './ports/port-lease.ts';
import { spawnProgram } from './process/spawn-program.ts';
import { Watchdog } from './process/start-watchdog.ts';
import { UsageError } from './usage-error.ts';

/** Everything is on this machine. */
const host = '127.0.0.1';
/** How often the sizes of outputs are looked at. */
const housekeepingMs = 100;
/** From SIGTERM to SIGKILL when the run ends: shorter than for one program, so that an interrupt is not felt. */
const closePatienceMs = 1_000;

/**
 * All that one invocation of the harness starts. It has one folder for temporary files, and a watchdog that clears
 * everything away if the harness dies.
 */
export class Session {
  /** In the system's temporary folder; deleted when the run is closed, unless it is kept. */
  readonly folder: string;
  readonly #name: string;
  readonly #watchdog: Watchdog;
  readonly #leases = new Map<number, PortLease>();
  readonly #programs = new Set<Program>();
  readonly #launching = new Set<Promise<unknown>>();
  readonly #housekeeping: NodeJS.Timeout;
  #launched = 0;
  #closing: Promise<void> | undefined;

  /** With `keep`, the folder outlives the run. @throws UsageError if there is no place for temporary files */
  static async open({ keep = false }: { keep?: boolean } = {}): Promise<Session> {
    const name = randomBytes(8).toString('hex');
    const folder = join(await temporaryFolder(), `${runFolderPrefix}${name}`);
    // The watchdog is there before the folder is: at no moment would a sudden end leave anything.
    const watchdog = new Watchdog({ cookie: `${name}/`, folder }, keep);
    try {
      await mkdir(folder, { mode: 0o700 });
    } catch (error) {
      await watchdog.close();
      throw new UsageError(`TMPDIR: no folder can be made for temporary files: ${(error as Error).message}.`);
    }
    return new Session(name, folder, watchdog);
  }

  private constructor(name: string, folder: string, watchdog: Watchdog) {
    this.#name = name;
    this.folder = folder;
    this.#watchdog = watchdog;
    this.#housekeeping = setInterval(() => {
      for (const program of this.#programs) program.boundOutputs();
    }, housekeepingMs).unref();
  }

  /** A port that is free, outside the ephemeral range, and nobody else's until it is released or this run is closed. */
  async leasePort(): Promise<number> {
    const lease = await ports.lease();
    this.#leases.set(lease.port, lease);
    return lease.port;
  }

  /** Gives a leased port back: the program that listened there has been stopped. */
  releasePort(port: number): void {
    this.#leases.get(port)?.release();
    this.#leases.delete(port);
  }

  /**
   * Starts a program in a private copy of its files. It is not awaited that it listens.
   * @throws UsageError if the manifest has no such role or does not fit its files
   * @throws ProgramTrouble `cannot-start`
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
    const { command, env, outputPaths } = await prepare(implementation, role, settings, { host, port, workspace });
    // A leased port was looked at a moment ago.
    if (settings.port !== undefined && (await isListening(port))) {
      throw new ProgramTrouble('cannot-start', `Port ${port} of the ${role} is in use by another process.`);
    }
    this.#mustBeOpen();
    const cookie = `${this.#name}/${id}`;
    const spawned = await spawnProgram({ command, env, cookie, workspace, folder });
    this.#watchdog.watch(spawned.pid);
    const mark = { cookie: `${cookie}\0`, folder };
    const program = new Program({ role, host, port, workspace, outputPaths, mark }, spawned, {
      groupGone: () => this.#watchdog.forget(spawned.pid),
      stopped: () => this.#programs.delete(program),
    });
    this.#programs.add(program);
    return program;
  }

  #mustBeOpen(): void {
    if (this.#closing) throw new Error('The run has been closed.');
  }

  /**
   * Stops all programs at once, kills what is left of them, and deletes the folder: in less than two seconds, however
   * they resist. Not polite, it gives them no time for goodbyes; that also hurries a call before it.
   * @throws Error that says what is still there
   */
  close({ polite = true }: { polite?: boolean } = {}): Promise<void> {
    this.#closing ??= this.#close(polite);
    if (!polite) for (const program of this.#programs) program.kill();
    return this.#closing;
  }

  async #close(polite: boolean): Promise<void> {
    await Promise.allSettled(this.#launching);
    const programs = [...this.#programs];
    await Promise.all(programs.map((program) => program.end(polite ? closePatienceMs : 0)));
    clearInterval(this.#housekeeping);
    for (const program of programs) program.close();
    await this.#watchdog.close();
    await Promise.all(programs.map((program) => program.untilPortFree()));
    for (const lease of this.#leases.values()) lease.release();
  }
}

/** Its real path: the paths of processes are compared with it. */
async function temporaryFolder(): Promise<string> {
  try {
    return await realpath(tmpdir());
  } catch (error) {
    throw new UsageError(`TMPDIR: ${tmpdir()} cannot be used for temporary files: ${(error as Error).message}.`);
  }
}
