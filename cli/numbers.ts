import { UsageError } from '../impl/launch/usage-error.ts';

/** A parser for an option's whole number within bounds. */
export function wholeNumber(option: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new UsageError(`${option}: ${JSON.stringify(text)} is no whole number from ${min} to ${max}.`);
  };
}

/** A parser for an option's list of whole numbers, such as `3,5`, without repetitions. */
export function wholeNumbers(option: string, min: number, max: number): (text: string) => number[] {
  const parse = wholeNumber(option, min, max);
  return (text) => [...new Set(text.split(',').map((part) => parse(part.trim())))];
}
