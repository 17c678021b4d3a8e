import { UsageError } from '../../launch/usage-error.ts';
import type { LinkShape } from '../relay/line-schedule.ts';
import { parseSize } from './size.ts';

/** With a small b, as in `10Mb/s`, or with the word, as in `10 Mbit/s`. */
const bitsPerSecond = /^\s*(\d+(?:\.\d+)?)\s*([KMGkmg]?[Ii]?)(?:b|[Bb][Ii][Tt][Ss]?)\s*(?:\/\s*[Ss]|[Pp][Ss])\s*$/;

/** Longer ones would be taken for a dead program. */
const longestDurationMs = 60_000;

/** Reads the time of `--latency`, such as `5ms` or `1.5s`, in milliseconds. @throws UsageError */
export function parseDuration(text: string): number {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s)\s*$/i.exec(text) ?? [];
  const durationMs = Number(number) * (unit?.toLowerCase() === 's' ? 1000 : 1);
  if (durationMs > longestDurationMs) throw new UsageError(`--latency: ${JSON.stringify(text)} must be at most 60s.`);
  if (durationMs > 0) return durationMs;
  throw new UsageError(
    `--latency: ${JSON.stringify(text)} must be a number above 0 with ms or s, such as 5ms or 1.5s.`,
  );
}

/**
 * Reads the bandwidth of `--bandwidth`, such as `10MB/s`, in bytes per second: a size as `parseSize` reads it, with `/s`.
 * @throws UsageError, which converts a bandwidth in bits, such as `10Mb/s` or `10mbps`
 */
export function parseBandwidth(text: string): number {
  const [, bits, prefix = ''] = bitsPerSecond.exec(text) ?? [];
  if (bits !== undefined) {
    const unit = `${prefix.toUpperCase().replace('I', 'i')}B/s`;
    throw new UsageError(
      `--bandwidth: ${JSON.stringify(text)} is in bits: write ${Number(bits) / 8}${unit}, or ${bits}${unit} if you mean bytes.`,
    );
  }
  const [, size] = /^(.*[a-z]\s*)\/\s*s\s*$/i.exec(text) ?? [];
  const bytesPerSecond = size === undefined ? 0 : sizeOrZero(size);
  if (bytesPerSecond > 0) return bytesPerSecond;
  throw new UsageError(
    `--bandwidth: ${JSON.stringify(text)} must be a number above 0 with B/s, KB/s, MB/s, GB/s, KiB/s, MiB/s or GiB/s, such as 10MB/s.`,
  );
}

function sizeOrZero(text: string): number {
  try {
    return parseSize(text);
  } catch (error) {
    if (error instanceof UsageError) return 0;
    throw error;
  }
}

/** The shape that the options give; undefined without options. */
export function linkShape(latencyMs?: number, bytesPerSecond?: number): LinkShape | undefined {
  if (latencyMs === undefined && bytesPerSecond === undefined) return undefined;
  return { ...(latencyMs !== undefined && { latencyMs }), ...(bytesPerSecond !== undefined && { bytesPerSecond }) };
}
