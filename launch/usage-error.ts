/** Invalid input from the user. The message names the file, the field and the fix; the command line prints it and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
