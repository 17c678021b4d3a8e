/** What the start of a program took while no case ran, in milliseconds. */
export interface StartTimes {
  /** From the start of the process until it listened, or sent its first request. */
  readonly ms: number;
  /** User and system time until then; 0 if unknown. */
  readonly cpuMs: number;
}

/** The slower start of two, in both senses. */
export function slowest(times: readonly StartTimes[]): StartTimes | undefined {
  if (times.length === 0) return undefined;
  return { ms: Math.max(...times.map(({ ms }) => ms)), cpuMs: Math.max(...times.map(({ cpuMs }) => cpuMs)) };
}
