import { UsageError } from '../../launch/usage-error.ts';

const units = new Map([
  ['', 1],
  ['B', 1],
  ['KB', 1000],
  ['MB', 1000 ** 2],
  ['GB', 1000 ** 3],
  ['KIB', 1024],
  ['MIB', 1024 ** 2],
  ['GIB', 1024 ** 3],
]);

/** Reads a size such as `11KB`, `1.5 MiB` or `512`, in bytes: KB is 1000, KiB is 1024. */
export function parseSize(text: string): number {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const factor = units.get((unit ?? '').toUpperCase());
  const bytes = Math.round(Number(number) * (factor ?? Number.NaN));
  if (Number.isSafeInteger(bytes)) return bytes;
  throw new UsageError(`${JSON.stringify(text)} must be a number with B, KB, MB, GB, KiB, MiB or GiB, such as 11KB.`);
}
