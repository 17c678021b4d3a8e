/** The exit codes of the commands. No other file of the harness states one. */
export const exitCodes = {
  success: 0,
  failure: 1,
  usage: 2,
  noVerdict: 3,
} as const;

/** The exit codes of interrupted commands: 128 plus the number of the signal. */
export const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What the exit codes mean, as `minibit --help` and README.md say. */
export const exitCodeMeanings: readonly (readonly [codes: string, meaning: string])[] = [
  [`${exitCodes.success}`, 'conforming; all files complete; no regression'],
  [`${exitCodes.failure}`, 'not conforming; a file is not complete; a regression'],
  [`${exitCodes.usage}`, 'a wrong option, manifest or file; the message says what to do'],
  [`${exitCodes.noVerdict}`, 'the harness could not judge, or its output could not be written'],
  [
    Object.values(signalExitCodes).join(', '),
    'interrupted by SIGHUP, SIGINT or SIGTERM; the results so far are written',
  ],
];
