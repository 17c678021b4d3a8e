/** The end of what a program printed on each stream; absent where it is not known. */
export interface PrintedTails {
  readonly stderr?: string | undefined;
  readonly stdout?: string | undefined;
}

/** The streams that a program printed on, and the end of each: many log to standard output. */
export function outputTails({ stderr = '', stdout = '' }: PrintedTails): {
  readonly stream: 'stderr' | 'stdout';
  readonly name: string;
  readonly text: string;
}[] {
  return [
    { stream: 'stderr' as const, name: 'Standard error', text: stderr.trim() },
    { stream: 'stdout' as const, name: 'Standard output', text: stdout.trim() },
  ].filter(({ text }) => text !== '');
}
