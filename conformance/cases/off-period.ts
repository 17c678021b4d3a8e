import { takesInterval } from '../../launch/manifest/passed-placeholders.ts';
import type { PeerStage } from '../stage/peer-stage.ts';
import type { OffPeriod } from '../wire/transcript.ts';

/** A busy machine alone does not make a period so many times longer. */
const offFactor = 3;
/** Shorter differences can be the time that a request takes. */
const leastDifferenceMs = 500;

const intervals = {
  get_peers: { interval: 'peersMs', placeholder: 'peers' },
  have_blocks_info: { interval: 'infoMs', placeholder: 'info' },
} as const;

/**
 * Records the period of a request if it is several times longer or shorter than the peer was told, or than its manifest states.
 * @param sentAtMs the times of at least three such requests, in order
 */
export function recordOffPeriod(
  { context }: PeerStage,
  request: OffPeriod['request'],
  sentAtMs: readonly number[],
): void {
  const { interval, placeholder } = intervals[request];
  const expectedMs = context.timing[interval];
  const seenMs = medianGapMs(sentAtMs);
  if (!isOff(seenMs, expectedMs)) return;
  const { manifest } = context.implementation;
  const isStated = manifest.timing?.[interval] !== undefined;
  const source = takesInterval(manifest, placeholder) ? 'told' : isStated ? 'stated' : 'paper';
  context.transcript.offPeriods.push({ request, expectedMs, source, seenMs: Math.round(seenMs) });
}

/** Whether a period is off by a factor of several, and by more than a request may take. */
export function isOff(seenMs: number, expectedMs: number): boolean {
  const [shorter, longer] = seenMs < expectedMs ? [seenMs, expectedMs] : [expectedMs, seenMs];
  return longer - shorter >= leastDifferenceMs && longer >= offFactor * shorter;
}

/** The median of the times between one and the next; 0 for fewer than two. */
export function medianGapMs(timesMs: readonly number[]): number {
  const gaps = timesMs.slice(1).map((time, n) => time - (timesMs[n] ?? 0));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
}
