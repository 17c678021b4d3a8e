/** The exit codes of the commands. No other file of the harness states one. */
export const exitCodes = {
  success: 0,
  failure: 1,
  usage: 2,
  noVerdict: 3,
} as const;

/** The exit codes of interrupted commands: 128 and the number of the signal. */
export const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What each exit code means, for `minibit --help` and the documents. */
export const exitCodeMeanings: ReadonlyMap<number, string> = new Map([
  [exitCodes.success, 'success: conforming, every file complete, or no regression'],
  [exitCodes.failure, 'failure: a MUST clause broken, a file incomplete, or a regression'],
  [exitCodes.usage, 'wrong usage: an option, a manifest or another file cannot be used'],
  [exitCodes.noVerdict, 'no verdict: something could not be judged or measured, or the harness failed'],
  [signalExitCodes.SIGHUP, 'interrupted by SIGHUP; the results so far are written'],
  [signalExitCodes.SIGINT, 'interrupted by SIGINT (Ctrl-C); the results so far are written'],
  [signalExitCodes.SIGTERM, 'interrupted by SIGTERM; the results so far are written'],
]);
