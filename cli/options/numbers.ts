import { UsageError } from '../../launch/usage-error.ts';

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

/** A parser for an option's percentage, from 0 to 100. */
export function percentage(option: string): (text: string) => number {
  return (text) => {
    const [, digits] = /^(\d{1,3}(?:\.\d{1,6})?)\s*%?$/.exec(text) ?? [];
    const number = Number(digits);
    if (number <= 100) return number;
    throw new UsageError(`${option}: ${JSON.stringify(text)} is no percentage from 0 to 100.`);
  };
}
