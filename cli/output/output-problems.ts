import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { printable } from '../../launch/printable.ts';
import { exitCodes } from '../../schemas/exit-codes.ts';

/** Output of the command that could not be written. */
let lost = false;

/**
 * Lets the command go on when standard output or standard error cannot be written, such as on a full device. The other
 * stream gets one line. A reader that stops early, such as `head`, is no problem.
 */
export function surviveFullStreams(): void {
  const { stdout, stderr } = process;
  watch(stdout, 'standard output', stderr);
  watch(stderr, 'standard error', stdout);
}

function watch(stream: Writable, name: string, other: Writable): void {
  let isTold = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || isTold) return;
    isTold = true;
    lost = true;
    if (!other.errored) other.write(`${printable(`${name} cannot be written: ${error.message}`)}\n`);
  });
}

function written(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

/** Says that a report file could not be written. The command goes on, and ends with the exit code of `exitCodeOf`. */
export function reportLostFile(path: string, reason: string): void {
  lost = true;
  const { stdout, stderr } = process;
  const line = `${printable(`${path} cannot be written: ${reason}`)}\n`;
  stderr.write(line, (error) => {
    if (error) stdout.write(line);
  });
}

/**
 * Waits until all output is with its reader, who may be slow, or is lost.
 * @returns the exit code of the command: its own, but no success if output was lost, as nobody can read the verdict there
 */
export async function exitCodeOf(code: number): Promise<number> {
  await Promise.all([process.stdout, process.stderr].map(written));
  // A stream tells of an error one turn after the write.
  await nextTurn();
  return code === exitCodes.success && lost ? exitCodes.noVerdict : code;
}
