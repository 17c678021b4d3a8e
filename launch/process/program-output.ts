/** The last 64 KiB of what a program printed, on each stream. */
export interface ProgramOutput {
  readonly stdout: string;
  readonly stderr: string;
}

export const noOutput: ProgramOutput = { stdout: '', stderr: '' };
