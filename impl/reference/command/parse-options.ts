import { InvalidArgumentError } from 'commander';
import type { Address } from '../core/peer/peer-events.ts';

/** A commander parser for a whole number in a range; its errors say what would be right. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `in ${least}…${most}`;
    throw new InvalidArgumentError(`It must be a whole number ${range}.`);
  };
}

/** A commander parser for HOST:PORT, with an IPv6 address in brackets. */
export function address(text: string): Address {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined || port < 1 || port > 65535) throw new InvalidArgumentError('It must be HOST:PORT.');
  return { host, port };
}

/** A commander parser for a text that identifies. */
export function identifier(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}
