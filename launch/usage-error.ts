/** Something the user gave is wrong. The message names the file, the field and the fix; the command line prints it and exits 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
