import { noOutput, type ProgramOutput } from './program-output.ts';

/** A program could not be started, ended early, or exceeded a time limit. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  readonly kind: 'cannot-start' | 'exited' | 'deadline';
  readonly output: ProgramOutput;

  constructor(kind: ProgramError['kind'], message: string, output = noOutput) {
    super(message);
    this.kind = kind;
    this.output = output;
  }
}
