import type { Manifest } from '../../../../schemas/types.ts';
import { suiteIntervals } from '../../../stage/context.ts';
import type { PeerSetup, PeerStage } from '../../../stage/peer-stage.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { isTakenToStayAfterMs } from '../../../time-limits.ts';
import { Inapplicable } from '../../../violation.ts';
import { noOtherPeer } from '../../swarms.ts';

const exits = 'a complete peer exits';

/** Why the cases about a complete peer that stays do not apply to an implementation, or undefined. */
export function whyItDoesNotStay({ peer }: Manifest): string | undefined {
  return peer?.onComplete === 'exit' ? exits : undefined;
}

/** The subject gets the file from the tracker, and knows so many peers that have no blocks. */
export function swarmOfNewPeers(count: number): PeerSetup {
  const peers = Array.from({ length: count }, (_, n) => ({ id: `new-${n + 1}`, holds: new Set<number>() }));
  // The interval is made longer if it is too short for the answers.
  return { ...noOtherPeer(sampleBlocks(8)), peers, intervals: { unchokeMs: suiteIntervals.unchokeMs } };
}

/** Waits until the subject is complete. @throws Inapplicable if it leaves, as its manifest allows */
export async function untilStays(peer: PeerStage): Promise<void> {
  await peer.complete();
  if (peer.context.implementation.manifest.peer?.onComplete === 'stay') return;
  const hasLeft = (): boolean => peer.program.exit !== undefined;
  await peer.context.transcript.watch.until(hasLeft, isTakenToStayAfterMs);
  if (hasLeft()) throw new Inapplicable(exits);
}

/** The case that shows that a complete peer stays. */
export const stays = 'peer.finish.stays-or-exits/after-its-file';
