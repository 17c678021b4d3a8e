/** A program did not do what it was started for. */
export class ProgramTrouble extends Error {
  override readonly name = 'ProgramTrouble';
  readonly kind: 'cannot-start' | 'exited' | 'deadline';
  /** The last 64 KiB of what it printed there. */
  readonly stderr: string;

  constructor(kind: ProgramTrouble['kind'], message: string, stderr = '') {
    super(message);
    this.kind = kind;
    this.stderr = stderr;
  }
}
