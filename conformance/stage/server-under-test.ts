import { setTimeout as wait } from 'node:timers/promises';
import type { Program } from '../../launch/process/program.ts';
import type { ProgramOutput } from '../../launch/process/program-output.ts';
import type { Exit } from '../../launch/process/spawn-program.ts';
import type { Address } from '../../launch/ports/address.ts';
import { Violation } from '../violation.ts';
import { describeExit, stopProgram } from './program-exit.ts';

/** The server that a case judges, launched for it or already running. */
export interface ServerUnderTest {
  readonly address: Address;
  /**
   * How it ended without being asked to, as a clause; undefined if it is running. Waits up to `patienceMs` for an end that may
   * be under way.
   */
  crash(patienceMs?: number): Promise<string | undefined>;
  /** Its peak memory in bytes, if known. */
  memoryPeakBytes(): number | undefined;
  /** The last part of what it printed; empty if it cannot be read. */
  output(): ProgramOutput;
  /** Stops a server that was launched for the case. */
  release(): Promise<void>;
}

/** Expects that the server has not ended. */
export async function expectNoCrash(server: ServerUnderTest, after: string): Promise<void> {
  const crash = await server.crash();
  if (crash !== undefined) throw new Violation(`a process that keeps running after ${after}`, crash);
}

/** A program launched for one case. */
export class LaunchedServer implements ServerUnderTest {
  readonly address: Address;
  readonly #program: Program;
  readonly #mayExit: (exit: Exit) => boolean;

  /** @param mayExit whether an exit is not a crash */
  constructor(program: Program, mayExit: (exit: Exit) => boolean) {
    this.address = program;
    this.#program = program;
    this.#mayExit = mayExit;
  }

  /** The folder that it runs in. */
  get workspace(): string {
    return this.#program.workspace;
  }

  async crash(patienceMs = 0): Promise<string | undefined> {
    if (patienceMs > 0) await Promise.race([this.#program.exited, wait(patienceMs)]);
    const { exit } = this.#program;
    if (exit === undefined || this.#mayExit(exit)) return undefined;
    return describeExit(this.#program);
  }

  memoryPeakBytes(): number | undefined {
    return this.#program.resources()?.peakMemoryBytes;
  }

  output(): ProgramOutput {
    return { stdout: this.#program.stdout(), stderr: this.#program.stderr() };
  }

  release(): Promise<void> {
    return stopProgram(this.#program);
  }
}
