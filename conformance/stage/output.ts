import { errorMessage } from '../../launch/error-message.ts';
import { readFile } from 'node:fs/promises';

/** Why a rebuilt file is not the original, as a noun phrase; undefined if it is. */
export async function outputProblem(path: string, file: Buffer): Promise<string | undefined> {
  let output: Buffer;
  try {
    output = await readFile(path);
  } catch (error) {
    return `no output (${errorMessage(error)})`;
  }
  if (output.equals(file)) return undefined;
  const differing = file.findIndex((byte, at) => output[at] !== byte);
  const at = differing === -1 ? file.length : differing;
  const show = (bytes: Buffer): string => JSON.stringify(bytes.subarray(at, at + 20).toString('utf8'));
  return `${output.length} bytes instead of ${file.length}; at byte ${at} ${show(output)} instead of ${show(file)}`;
}
