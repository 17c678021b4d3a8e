import { readFile } from 'node:fs/promises';

/** The bytes of a rebuilt file; undefined if there is none to read. */
export function readOutput(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}

/** Why a rebuilt file is not the original, as a noun phrase. */
export function outputProblem(output: Buffer | undefined, file: Buffer): string {
  if (output === undefined) return 'no output';
  const differing = file.findIndex((byte, at) => output[at] !== byte);
  const at = differing === -1 ? file.length : differing;
  const show = (bytes: Buffer): string => JSON.stringify(bytes.subarray(at, at + 20).toString('utf8'));
  return `${output.length} bytes instead of ${file.length}; at byte ${at} ${show(output)} instead of ${show(file)}`;
}
