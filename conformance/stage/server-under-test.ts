import { setTimeout as wait } from 'node:timers/promises';
import type { Program } from '../../launch/process/program.ts';
import type { Exit } from '../../launch/process/spawn-program.ts';
import type { Address } from '../wire/connection.ts';
import { describeExit, stopProgram } from './program-exit.ts';

/** The server that a case judges, whoever runs it. */
export interface ServerUnderTest {
  readonly address: Address;
  /**
   * How it came to its end although nothing asked it to, in a clause; undefined if it is there. An end that may be under way
   * is waited for, `patienceMs` at most.
   */
  crash(patienceMs?: number): Promise<string | undefined>;
  /** The most memory that it ever had in use, in bytes, where that can be known. */
  memoryPeakBytes(): number | undefined;
  /** The end of what it wrote to stderr, where that can be had. */
  stderr(): string;
  /** The case is over: a server that was launched for it is stopped. */
  release(): Promise<void>;
}

/** A program that was launched for one case. */
export class LaunchedServer implements ServerUnderTest {
  readonly address: Address;
  readonly #program: Program;
  readonly #mayExit: (exit: Exit) => boolean;

  /** @param mayExit whether such an end is no crash */
  constructor(program: Program, mayExit: (exit: Exit) => boolean) {
    this.address = program;
    this.#program = program;
    this.#mayExit = mayExit;
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

  stderr(): string {
    return this.#program.stderr();
  }

  release(): Promise<void> {
    return stopProgram(this.#program);
  }
}
