import { describeExit } from '../../stage/program-exit.ts';
import { leavesWithinMs, repeatsWithinMs } from '../../time-limits.ts';
import { TimedViolation } from '../../violation.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { untilRead } from '../swarms.ts';
import { saidGoodbye } from './finish.ts';

export const stopCases = [
  peerCase(
    'peer.stop.says-goodbye/sigterm',
    'An incomplete peer gets SIGTERM: it sends peer_offline for itself.',
    async (peer) => {
      await untilRead(peer, peer.tracker, 'get_peers', repeatsWithinMs(peer.context.timing, 1));
      peer.program.signal('SIGTERM');
      const limitMs = leavesWithinMs(peer.context.timing);
      const isSaid = await peer.context.transcript.watch.until(() => saidGoodbye(peer), limitMs);
      if (!isSaid)
        throw new TimedViolation(`peer_offline for itself within ${limitMs} ms of SIGTERM`, describeExit(peer.program));
    },
    { needs: [keyCases.asksForPeers], endsProgram: true },
  ),
];
