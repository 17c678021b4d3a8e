import type { PeerStage } from '../../stage/peer-stage.ts';
import { describeExit } from '../../stage/program-exit.ts';
import { lastBytesArriveWithinMs, leavesWithinMs } from '../../time-limits.ts';
import { TimedViolation, Violation } from '../../violation.ts';
import { expectSuccess, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { haveBlocksInfo } from '../../wire/requests.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';

/** Whether the subject has reported itself offline. */
export function saidGoodbye({ tracker, subjectId }: PeerStage): boolean {
  return tracker.seen('peer_offline').some(({ body }) => field(body, 'dead_peer_id') === subjectId);
}

async function untilExit(peer: PeerStage): Promise<void> {
  const { watch } = peer.context.transcript;
  await watch.until(() => peer.program.exit !== undefined, leavesWithinMs(peer.context.timing));
  if (peer.program.exit !== undefined) await watch.until(() => saidGoodbye(peer), lastBytesArriveWithinMs);
}

/** Throws a violation unless the subject said goodbye and exited with code 0. */
function expectLeft(peer: PeerStage): void {
  const { exit } = peer.program;
  const goodbye = saidGoodbye(peer) ? 'a goodbye' : 'no peer_offline for itself';
  if (exit?.code === 0 && saidGoodbye(peer)) return;
  throw new TimedViolation('peer_offline for itself, then exit code 0', `${goodbye}; ${describeExit(peer.program)}`);
}

async function expectStays(peer: PeerStage): Promise<void> {
  const info = field(
    expectSuccess(await peer.client.ask(haveBlocksInfo(peer.known)), 'a complete peer that still serves'),
    'blocks_info',
  );
  if (show(info) !== show(peer.blocks.map(() => true)))
    throw new Violation('blocks_info of a complete peer', show(info));
}

export const finishCases = [
  peerCase(
    'peer.finish.stays-or-exits/after-its-file',
    'A peer is complete: as its manifest says, it either stays and serves, or sends peer_offline and exits with code 0.',
    async (peer) => {
      await peer.complete();
      const { onComplete } = peer.context.implementation.manifest.peer ?? {};
      if (onComplete !== 'stay') await untilExit(peer);
      const hasLeft = onComplete === 'exit' || peer.program.exit !== undefined;
      if (hasLeft) expectLeft(peer);
      else await expectStays(peer);
    },
    {
      setup: () => ({ peers: [{ id: 'ana', holds: new Set([2, 3, 4, 5, 6, 7]) }] }),
      needs: [keyCases.asksHolder, keyCases.downloadsFromPeer],
    },
  ),
];
