/** A program could not be started, ended early, or exceeded a time limit. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  readonly kind: 'cannot-start' | 'exited' | 'deadline';
  /** The last 64 KiB of its error output. */
  readonly stderr: string;

  constructor(kind: ProgramError['kind'], message: string, stderr = '') {
    super(message);
    this.kind = kind;
    this.stderr = stderr;
  }
}
