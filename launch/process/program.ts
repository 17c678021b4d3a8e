import { setTimeout as wait } from 'node:timers/promises';
import { groupExists, kill } from './kill.ts';
import { killMarked } from './kill-marked.ts';
import type { ProcessMarker } from './process-marker.ts';
import type { ProgramLocation } from '../workspace/program-settings.ts';
import type { Role } from '../manifest/implementation.ts';
import { isListening } from '../ports/is-listening.ts';
import { canBeBound } from '../ports/port-lease.ts';
import { poll } from '../poll.ts';
import { processResources, type ProcessResources } from './process-resources.ts';
import { ProgramError } from './program-error.ts';
import type { Exit, Spawned } from './spawn-program.ts';

/** From SIGTERM to SIGKILL: time for a peer to send peer_offline. */
export const stopPatienceMs = 2_000;
const killedDeadlineMs = 5_000;
const killMarkedDeadlineMs = 5_000;
const portFreeDeadlineMs = 5_000;

/** The facts of a program apart from its process. */
export interface ProgramInfo extends ProgramLocation {
  readonly role: Role;
  readonly outputPaths: readonly string[];
  /** Identifies all of its processes. */
  readonly marker: ProcessMarker;
}

/** What a program reports to its session. */
export interface ProgramEvents {
  /** Its process group is empty. */
  groupEmpty(): void;
  /** All of its processes have ended. */
  stopped(): void;
}

/** A tracker or a peer that was started. A program that daemonizes itself counts as exited. */
export class Program {
  readonly role: Role;
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  /** Its private folder, an absolute path; stdout.txt and stderr.txt are next to it. */
  readonly workspace: string;
  /** The absolute path of the file that each peer of this process rebuilds; empty if the manifest does not say. */
  readonly outputPaths: readonly string[];
  /** On the clock of performance.now(), right before the process was created. */
  readonly startedAtMs: number;
  /** Never rejects. */
  readonly exited: Promise<Exit>;
  readonly #marker: ProcessMarker;
  readonly #outputs: Pick<Spawned, 'stdout' | 'stderr'>;
  readonly #events: ProgramEvents;
  #exit: Exit | undefined;
  #isGroupEmpty = false;
  #stopping: Promise<void> | undefined;
  #resources: ProcessResources | undefined;

  constructor(info: ProgramInfo, spawned: Spawned, events: ProgramEvents) {
    this.role = info.role;
    this.host = info.host;
    this.port = info.port;
    this.workspace = info.workspace;
    this.outputPaths = info.outputPaths;
    this.pid = spawned.pid;
    this.startedAtMs = spawned.startedAtMs;
    this.#marker = info.marker;
    this.#outputs = spawned;
    this.#events = events;
    this.exited = spawned.exited.then((exit) => {
      this.#exit = exit;
      this.#checkGroup();
      return exit;
    });
  }

  /** The path of the file that the only peer of this process rebuilds. */
  get outputPath(): string | undefined {
    return this.outputPaths[0];
  }

  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** The last 64 KiB of its output. */
  stdout(): string {
    return this.#outputs.stdout.tail();
  }

  /** The last 64 KiB of its error output. */
  stderr(): string {
    return this.#outputs.stderr.tail();
  }

  /** Whether any process listens on its port. */
  isListening(): Promise<boolean> {
    return isListening(this.port);
  }

  /** Waits at most `deadlineMs`. @throws ProgramError `exited` or `deadline` */
  async untilListening(deadlineMs: number): Promise<void> {
    const settled = async () => this.#exit !== undefined || (await this.isListening());
    const inTime = await poll(settled, deadlineMs);
    const goal = `on port ${this.port}`;
    if (this.#exit) throw this.#error('exited', `The ${this.role} ${describe(this.#exit)} before it listened ${goal}.`);
    if (!inTime) throw this.#error('deadline', `The ${this.role} did not listen ${goal} within ${deadlineMs} ms.`);
  }

  /**
   * Sends a signal to the process itself; does nothing after its end. A shell that waits for the program dies of it alone:
   * then the rest of the group gets it too. A process that handles the signal passes it on by itself.
   */
  signal(name: NodeJS.Signals): void {
    if (this.#exit) return;
    send(this.pid, name);
    void this.exited.then((exit) => {
      if (exit.signal === name) send(-this.pid, name);
    });
  }

  /** CPU time and memory used, as of the last call while it ran; undefined if unknown. */
  resources(): ProcessResources | undefined {
    // The id of a process that has ended may have been reused.
    if (!this.#exit) this.#resources = processResources(this.pid) ?? this.#resources;
    return this.#resources;
  }

  /** Truncates output files that have grown too large. */
  truncateOutputs(): void {
    this.#outputs.stdout.truncate();
    this.#outputs.stderr.truncate();
  }

  /** Sends SIGKILL to its process group at once. */
  kill(): void {
    if (!this.#isGroupEmpty) kill(-this.pid);
  }

  /** Sends SIGTERM to the process, and SIGKILL to its group after its end, or after `patienceMs`. */
  async terminate(patienceMs: number): Promise<void> {
    this.signal('SIGTERM');
    await this.#exitedWithin(patienceMs);
    this.kill();
    await this.#exitedWithin(killedDeadlineMs);
  }

  /**
   * Stops it: sends SIGTERM to the process, after `stopPatienceMs` SIGKILL to its group, then SIGKILL to the processes
   * that left the group; and waits until its port is free.
   * @throws ProgramError `deadline` if a process survives or the port stays in use
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await this.terminate(stopPatienceMs);
    const survivors = await killMarked(this.#marker, killMarkedDeadlineMs);
    if (survivors.length > 0)
      throw this.#error('deadline', `These processes of the ${this.role} cannot be killed: ${survivors.join(' ')}.`);
    this.#checkGroup();
    this.closeOutputs();
    await this.untilPortFree();
    this.#events.stopped();
  }

  /** The id of an empty group may be reused. */
  #checkGroup(): void {
    if (this.#isGroupEmpty || groupExists(this.pid)) return;
    this.#isGroupEmpty = true;
    this.#events.groupEmpty();
  }

  /** @throws ProgramError `deadline` */
  async untilPortFree(): Promise<void> {
    // Quicker than the table of the kernel, but sockets in TIME_WAIT may keep the port of a program that has left.
    if (await canBeBound(this.port)) return;
    if (await poll(async () => !(await this.isListening()), portFreeDeadlineMs)) return;
    throw this.#error('deadline', `Port ${this.port} is still in use after the ${this.role} was stopped.`);
  }

  /** Closes its output files; their tails stay readable. */
  closeOutputs(): void {
    this.#outputs.stdout.close();
    this.#outputs.stderr.close();
  }

  async #exitedWithin(deadlineMs: number): Promise<void> {
    const cancel = new AbortController();
    const deadline = wait(deadlineMs, undefined, { signal: cancel.signal }).catch(() => undefined);
    await Promise.race([this.exited, deadline]);
    cancel.abort();
  }

  #error(kind: ProgramError['kind'], message: string): ProgramError {
    return new ProgramError(kind, message, { stdout: this.stdout(), stderr: this.stderr() });
  }
}

/** Does nothing if there is no such process, or with a negative id no such group. */
function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended.
  }
}

function describe({ code, signal }: Exit): string {
  return signal === null ? `ended with exit code ${code ?? 'unknown'}` : `was ended by ${signal}`;
}
