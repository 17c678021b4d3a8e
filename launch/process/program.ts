import { setTimeout as wait } from 'node:timers/promises';
import { groupExists, kill, sweep } from './leftovers.ts';
import type { Mark } from './leftovers.ts';
import { isListening } from '../ports/listening.ts';
import { poll } from '../poll.ts';
import { processResources, type ProcessResources } from './process-resources.ts';
import { ProgramTrouble } from './program-trouble.ts';
import type { Exit, Spawned } from './spawn-program.ts';

export type { ProgramSettings } from '../workspace/placeholder-values.ts';
export type { Exit };
export { ProgramTrouble };

export type Role = 'tracker' | 'peer';

/** From SIGTERM to SIGKILL: time for a peer to say goodbye. */
export const stopPatienceMs = 2_000;
const dieDeadlineMs = 5_000;
const sweepDeadlineMs = 5_000;
const portDeadlineMs = 5_000;

/** What is known of a program beside its process. */
export interface ProgramPlace {
  readonly role: Role;
  readonly host: string;
  readonly port: number;
  readonly workspace: string;
  readonly outputPaths: readonly string[];
  /** What all of its processes carry. */
  readonly mark: Mark;
}

/** What a program reports to the run that it is part of. */
export interface ProgramEvents {
  /** Its process group has no member any more. */
  groupGone(): void;
  /** Nothing of it is left. */
  stopped(): void;
}

/** A tracker or a peer that was started. A program that puts itself into the background counts as exited. */
export class Program {
  readonly role: Role;
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  /** Its private folder, an absolute path; stdout.txt and stderr.txt lie beside it. */
  readonly workspace: string;
  /** Where each peer of this process leaves the rebuilt file, absolute paths; empty if the manifest does not say. */
  readonly outputPaths: readonly string[];
  /** On the clock of performance.now(), right before the process was made. */
  readonly startedAtMs: number;
  /** Never rejects. */
  readonly exited: Promise<Exit>;
  readonly #mark: Mark;
  readonly #outputs: Pick<Spawned, 'stdout' | 'stderr'>;
  readonly #events: ProgramEvents;
  #exit: Exit | undefined;
  #groupGone = false;
  #stopping: Promise<void> | undefined;
  #resources: ProcessResources | undefined;

  constructor(place: ProgramPlace, spawned: Spawned, events: ProgramEvents) {
    this.role = place.role;
    this.host = place.host;
    this.port = place.port;
    this.workspace = place.workspace;
    this.outputPaths = place.outputPaths;
    this.pid = spawned.pid;
    this.startedAtMs = spawned.startedAtMs;
    this.#mark = place.mark;
    this.#outputs = spawned;
    this.#events = events;
    this.exited = spawned.exited.then((exit) => {
      this.#exit = exit;
      this.#lookAtGroup();
      return exit;
    });
  }

  /** Where the only peer of this process leaves the rebuilt file. */
  get outputPath(): string | undefined {
    return this.outputPaths[0];
  }

  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** The last 64 KiB that it printed. */
  stdout(): string {
    return this.#outputs.stdout.tail();
  }

  /** The last 64 KiB that it printed. */
  stderr(): string {
    return this.#outputs.stderr.tail();
  }

  /** Whether somebody listens on its port. */
  isListening(): Promise<boolean> {
    return isListening(this.port);
  }

  /** Waits at most `deadlineMs`. @throws ProgramTrouble `exited` or `deadline` */
  async untilListening(deadlineMs: number): Promise<void> {
    const settled = async () => this.#exit !== undefined || (await this.isListening());
    const inTime = await poll(settled, deadlineMs);
    const goal = `on port ${this.port}`;
    if (this.#exit)
      throw this.#trouble('exited', `The ${this.role} ${describe(this.#exit)} before it listened ${goal}.`);
    if (!inTime) throw this.#trouble('deadline', `The ${this.role} did not listen ${goal} within ${deadlineMs} ms.`);
  }

  /** Sends a signal to the process itself; nothing happens if it is gone. */
  signal(name: NodeJS.Signals): void {
    if (this.#exit) return;
    try {
      process.kill(this.pid, name);
    } catch {
      // It ended just now.
    }
  }

  /** What it has used, as of the last call while it ran; undefined if not known. */
  resources(): ProcessResources | undefined {
    // The number of a process that has ended may be another's by now.
    if (!this.#exit) this.#resources = processResources(this.pid) ?? this.#resources;
    return this.#resources;
  }

  /** Empties outputs that have grown too large. */
  boundOutputs(): void {
    this.#outputs.stdout.bound();
    this.#outputs.stderr.bound();
  }

  /** SIGKILL to its whole group, at once. */
  kill(): void {
    if (!this.#groupGone) kill(-this.pid);
  }

  /** SIGTERM to the process, and SIGKILL to its group when it has ended, at the latest after `patienceMs`. */
  async end(patienceMs: number): Promise<void> {
    this.signal('SIGTERM');
    await this.#exitedWithin(patienceMs);
    this.kill();
    await this.#exitedWithin(dieDeadlineMs);
  }

  /**
   * Stops it: SIGTERM to the process, after `stopPatienceMs` SIGKILL to its group, then to whatever of it moved
   * elsewhere; and waits until its port is free.
   * @throws ProgramTrouble `deadline` if something of it is still there
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await this.end(stopPatienceMs);
    const left = await sweep(this.#mark, sweepDeadlineMs);
    if (left.length > 0)
      throw this.#trouble('deadline', `These processes of the ${this.role} cannot be killed: ${left.join(' ')}.`);
    this.#lookAtGroup();
    this.close();
    await this.untilPortFree();
    this.#events.stopped();
  }

  /** Once a group is empty its number may be given to others. */
  #lookAtGroup(): void {
    if (this.#groupGone || groupExists(this.pid)) return;
    this.#groupGone = true;
    this.#events.groupGone();
  }

  /** @throws ProgramTrouble `deadline` */
  async untilPortFree(): Promise<void> {
    if (await poll(async () => !(await this.isListening()), portDeadlineMs)) return;
    throw this.#trouble('deadline', `Port ${this.port} is still in use after the ${this.role} was stopped.`);
  }

  /** Lets its output files go; the tails stay readable. */
  close(): void {
    this.#outputs.stdout.close();
    this.#outputs.stderr.close();
  }

  async #exitedWithin(deadlineMs: number): Promise<void> {
    const cancel = new AbortController();
    const deadline = wait(deadlineMs, undefined, { signal: cancel.signal }).catch(() => undefined);
    await Promise.race([this.exited, deadline]);
    cancel.abort();
  }

  #trouble(kind: ProgramTrouble['kind'], message: string): ProgramTrouble {
    return new ProgramTrouble(kind, message, this.stderr());
  }
}

function describe({ code, signal }: Exit): string {
  return signal === null ? `ended with exit code ${code ?? 'unknown'}` : `was ended by ${signal}`;
}
