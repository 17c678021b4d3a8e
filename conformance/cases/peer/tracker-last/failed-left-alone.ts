import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { actsOnNewsWithinMs, finishesWithinMs } from '../../../time-limits.ts';
import type { Reply, SeenRequest } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';

export const failedLeftAloneCases = [
  peerCase(
    'peer.tracker-last.failed-left-alone/closes-without-an-answer',
    'The only holder of a block, which the tracker refuses, closes the connection without an answer.',
    async (peer) => {
      const { timing, transcript } = peer.context;
      const requests = (): SeenRequest[] => peer.peer('ana').seen('request_block');
      const isGone = (): boolean => peer.program.exit !== undefined;
      await transcript.watch.until(() => requests().length > 0 || isGone(), finishesWithinMs(timing, 2));
      await transcript.watch.until(() => requests().length > 1 || isGone(), actsOnNewsWithinMs(timing));
      const [first, second] = requests();
      if (first === undefined) return 'the holder was not asked';
      if (second === undefined) return 'a holder that failed is left alone for longer than an interval';
      return `a holder that failed is asked again after ${(second.atMs - first.atMs).toFixed(0)} ms`;
    },
    {
      setup: () => ({
        blocks: sampleBlocks(3),
        peers: [
          {
            id: 'ana',
            holds: new Set([2]),
            specialReply: ({ action }): Reply | undefined =>
              action === 'request_block' ? { kind: 'close' } : undefined,
          },
        ],
      }),
      needs: [keyCases.asksHolder],
    },
  ),
];
