import { parseSize } from '../bench/size.ts';
import { UsageError } from '../impl/launch/usage-error.ts';

/** A parser for the latency of a link, such as `5ms` or `0.5s`, in milliseconds. */
export function parseLatency(text: string): number {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s)\s*$/.exec(text) ?? [];
  const latencyMs = Number(number) * (unit === 's' ? 1000 : 1);
  if (latencyMs <= 10_000) return latencyMs;
  throw new UsageError(`--latency: ${JSON.stringify(text)} is no time of at most 10 s, such as 5ms or 0.5s.`);
}

/** A parser for the bandwidth of a link, such as `10MB/s`, in bytes per second. */
export function parseBandwidth(text: string): number {
  const size = /^(.*)\/s$/.exec(text.trim())?.[1];
  try {
    const bytesPerSecond = parseSize(size ?? '');
    if (bytesPerSecond > 0) return bytesPerSecond;
  } catch {
    // Said below, in the words of this option.
  }
  throw new UsageError(`--bandwidth: ${JSON.stringify(text)} is no size per second, such as 10MB/s or 500KiB/s.`);
}

/** The links that both options ask for; undefined: they are left as they are. */
export function linksOf(
  latencyMs?: number,
  bytesPerSecond?: number,
): { latencyMs?: number; bytesPerSecond?: number } | undefined {
  if (latencyMs === undefined && bytesPerSecond === undefined) return undefined;
  return { ...(latencyMs !== undefined && { latencyMs }), ...(bytesPerSecond !== undefined && { bytesPerSecond }) };
}
