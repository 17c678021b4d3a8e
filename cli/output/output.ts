import { randomBytes } from 'node:crypto';
import { access, constants, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../launch/usage-error.ts';

/** Makes sure, before a long run, that its result can be written. @throws UsageError */
export async function checkOutput(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  try {
    await access(folder, constants.W_OK);
  } catch {
    throw new UsageError(`${path} cannot be written: ${folder} is no folder that can be written to.`);
  }
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new UsageError(`${path} is a folder: give the name of a file.`);
}

/** The same for all files of one command, each of which must be another. @throws UsageError */
export async function checkOutputs(given: readonly (string | undefined)[]): Promise<void> {
  const paths = given.filter((path) => path !== undefined);
  for (const [at, path] of paths.entries()) {
    await checkOutput(path);
    if (paths.findIndex((other) => resolve(other) === resolve(path)) < at && !path.startsWith('/dev/')) {
      throw new UsageError(`${path} is given for two reports: give each a file of its own.`);
    }
  }
}

/** Writes a result whole: a reader finds the old file or the new one, never a part. */
export async function writeOutput(path: string, text: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile()) return writeFile(path, text);
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
