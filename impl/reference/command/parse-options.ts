import { InvalidArgumentError } from 'commander';
import type { Endpoint } from '../core/peer/peer-events.ts';

/** A commander parser for an integer within bounds. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new InvalidArgumentError(`It must be an integer ${range}.`);
  };
}

/** A commander parser for HOST:PORT, with an IPv6 address in brackets. */
export function hostAndPort(text: string): Endpoint {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined || port < 1 || port > 65535) throw new InvalidArgumentError('It must be HOST:PORT.');
  return { host, port };
}

/** A commander parser for an id (wire.types.identifiers-not-empty). */
export function identifier(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}
