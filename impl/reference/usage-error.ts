/** An option or a file of the user is invalid. The message says what is wrong and what to do; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
