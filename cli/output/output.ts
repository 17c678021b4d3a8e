import { randomBytes } from 'node:crypto';
import { access, constants, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../launch/usage-error.ts';

/** Checks, before a long session, that a file can be written. @throws UsageError */
async function checkOutput(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  try {
    await access(folder, constants.W_OK);
  } catch {
    throw new UsageError(`${path} cannot be written: ${folder} is not a folder with write permission.`);
  }
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new UsageError(`${path} is a folder: give the name of a file.`);
}

/** Checks the same for all files of a command, which must differ. @throws UsageError */
export async function checkOutputs(given: readonly (string | undefined)[]): Promise<void> {
  const paths = given.filter((path) => path !== undefined);
  for (const [at, path] of paths.entries()) {
    await checkOutput(path);
    if (paths.findIndex((other) => resolve(other) === resolve(path)) < at && !path.startsWith('/dev/')) {
      throw new UsageError(`${path} is given for two reports: give each its own file.`);
    }
  }
}

/** Writes a file atomically: a reader finds the old content or the new, never a part. */
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
