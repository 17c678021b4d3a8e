import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { refusingPeer } from '../../../stage/scripted-peer.ts';
import { finishesWithinMs, goesToTrackerWithinMs } from '../../../time-limits.ts';
import { answerReadAtMs } from '../../../wire/answer-read.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex, trackerWithAll } from '../../swarms.ts';
import { expectInTime, longerInterval } from './in-time.ts';

const chokedEverywhere = 'peer.tracker-last.all-refuse/choked-everywhere';

export const allRefuseCases = [
  peerCase(
    'peer.tracker-last.all-refuse/choked-everywhere',
    'Two peers have every block and refuse all requests: the subject asks the tracker, and the download completes.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(6);
        return {
          blocks,
          peers: ['ana', 'bia'].map((id) => refusingPeer(id, blocks.keys())),
          tracker: trackerWithAll(blocks),
          // Long enough for two refusals and the tracker's answer on a busy machine.
          intervals: { unchokeMs: 2_000 },
        };
      },
      needs: ['peer.tracker-last.nobody-has/one-peer-without-blocks'],
    },
  ),

  peerCase(
    'peer.tracker-last.all-refuse/within-an-interval',
    'The last wanted block has one holder, which refuses: the subject asks the tracker for it within an interval.',
    async (peer) => {
      const { timing, transcript } = peer.context;
      const last = peer.blocks.length - 1;
      const refusals = () => peer.peer('ana').seen('request_block');
      const askedMs = (): number =>
        peer.tracker.seen('request_block_tracker').find((request) => blockIndex(request) === last)?.sinceMs ?? Infinity;
      const isAsked = (): boolean => Number.isFinite(askedMs()) || peer.program.exit !== undefined;
      await transcript.watch.until(() => refusals().length > 0 || isAsked(), finishesWithinMs(timing, last));
      // A subject that requests nothing from peers that it has not unchoked may go to the tracker at once.
      const refusedMs = Math.min(...refusals().map(answerReadAtMs));
      const startMs = Number.isFinite(refusedMs) ? refusedMs : transcript.nowMs();
      await transcript.watch.until(isAsked, goesToTrackerWithinMs(timing) + startMs - transcript.nowMs());
      expectInTime(peer, startMs, askedMs(), `a request for block ${last}, which its only holder refuses`);
    },
    {
      setup: () => {
        const blocks = sampleBlocks(3);
        return {
          blocks,
          peers: [refusingPeer('ana', [2])],
          tracker: { ...trackerWithAll(blocks), initialBlocks: [0, 1] },
          intervals: longerInterval,
        };
      },
      needs: [chokedEverywhere, keyCases.asksHolder],
    },
  ),
];
