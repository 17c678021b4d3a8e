import type { PeerStage } from '../../stage/peer-stage.ts';
import { describeExit } from '../../stage/program-exit.ts';
import { grant } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { goesOnWithinMs, leavesWithinMs, repeatsWithinMs } from '../../time-limits.ts';
import { TimedViolation } from '../../violation.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { untilRead } from '../swarms.ts';
import { saidGoodbye } from './finish.ts';

/** An initial block is under way for so long. */
const initialBlockAfterMs = 800;

async function expectGoodbye(peer: PeerStage): Promise<void> {
  peer.program.signal('SIGTERM');
  const limitMs = leavesWithinMs(peer.context.timing);
  const isSaid = await peer.context.transcript.watch.until(() => saidGoodbye(peer), limitMs);
  if (!isSaid)
    throw new TimedViolation(`peer_offline for itself within ${limitMs} ms of SIGTERM`, describeExit(peer.program));
}

export const stopCases = [
  peerCase(
    'peer.stop.says-goodbye/sigterm',
    'An incomplete peer gets SIGTERM: it sends peer_offline for itself.',
    async (peer) => {
      await untilRead(peer, peer.tracker, 'get_peers', repeatsWithinMs(peer.context.timing, 1));
      await expectGoodbye(peer);
    },
    { needs: [keyCases.asksForPeers], endsProgram: true },
  ),

  peerCase(
    'peer.stop.says-goodbye/while-initial-blocks-are-fetched',
    'A registered peer gets SIGTERM while it waits for its first initial block: it sends peer_offline for itself.',
    async (peer) => {
      const isAsked = (): boolean => peer.tracker.seen('request_block_tracker').length > 0;
      await peer.until(isAsked, goesOnWithinMs(peer.context.timing), 'a request for an initial block', () => 'none');
      await expectGoodbye(peer);
    },
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        return { blocks, tracker: { block: (index) => grant(index, blocks, initialBlockAfterMs) } };
      },
      needs: ['peer.stop.says-goodbye/sigterm', 'file.initial-blocks.fetched/two'],
      endsProgram: true,
    },
  ),
];
