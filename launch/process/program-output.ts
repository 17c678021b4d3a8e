/** The last 64 KiB of what a program printed, on each stream. */
export interface ProgramOutput {
  readonly stdout: string;
  readonly stderr: string;
}

export const noOutput: ProgramOutput = { stdout: '', stderr: '' };

const tailCharacters = 4_000;

/** The ends of both streams, where a reader looks for the reason of a failure. */
export function outputTail({ stdout, stderr }: ProgramOutput): ProgramOutput {
  return { stdout: stdout.slice(-tailCharacters), stderr: stderr.slice(-tailCharacters) };
}
