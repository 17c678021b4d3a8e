import type { LinkShape } from '../bench/relay/line-schedule.ts';

/** The links that the two options ask for; undefined: they are left as they are. */
export function linksOf(latencyMs?: number, bytesPerSecond?: number): LinkShape | undefined {
  if (latencyMs === undefined && bytesPerSecond === undefined) return undefined;
  return { ...(latencyMs !== undefined && { latencyMs }), ...(bytesPerSecond !== undefined && { bytesPerSecond }) };
}
