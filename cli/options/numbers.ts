import { UsageError } from '../../launch/usage-error.ts';

/** A parser for an option that takes an integer within bounds. */
export function integer(option: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new UsageError(`${option}: ${JSON.stringify(text)} must be an integer from ${min} to ${max}.`);
  };
}

/** A parser for an option that takes a list of integers, such as `3,5`; each is kept once. */
export function integers(option: string, min: number, max: number): (text: string) => number[] {
  const parse = integer(option, min, max);
  return (text) => [...new Set(text.split(',').map((part) => parse(part.trim())))];
}

/** Parses the random seed of `--seed`. */
export const seed = integer('--seed', 0, 2 ** 31 - 1);

/** A parser for an option that takes a percentage from 0 to 100. */
export function percentage(option: string): (text: string) => number {
  return (text) => {
    const [, digits] = /^(\d{1,3}(?:\.\d{1,6})?)\s*%?$/.exec(text) ?? [];
    const number = Number(digits);
    if (number <= 100) return number;
    throw new UsageError(`${option}: ${JSON.stringify(text)} must be a percentage from 0 to 100.`);
  };
}
