import type { PeerStage } from '../../../stage/peer-stage.ts';
import { goesToTrackerWithinMs } from '../../../time-limits.ts';
import { TimedViolation } from '../../../violation.ts';

/** So long that a peer that is several intervals late differs from one that a busy machine holds up. */
export const longerInterval = { unchokeMs: 1_500 };

/** Throws a violation if the subject asks the tracker for something later than it must, `sinceMs` being when it could. */
export function expectInTime(peer: PeerStage, sinceMs: number, askedMs: number, what: string): void {
  const limitMs = goesToTrackerWithinMs(peer.context.timing);
  if (askedMs - sinceMs <= limitMs) return;
  const lateMs = Math.round(askedMs - sinceMs);
  throw new TimedViolation(
    `${what}, ${Math.round(limitMs)} ms after there was nothing else to request, at the latest`,
    Number.isFinite(lateMs) ? `it ${lateMs} ms after` : 'none',
  );
}
