import type { PeerStage } from '../../../stage/peer-stage.ts';
import { grant } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { refusingPeer } from '../../../stage/scripted-peer.ts';
import { asksForEachWithinMs, finishesWithinMs, refusalIsStaleAfterMs } from '../../../time-limits.ts';
import { TimedViolation } from '../../../violation.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex } from '../../swarms.ts';
import { settledRequests, slowSwarm } from '../selection/swarm.ts';

/** Throws a violation if the subject asked the tracker for a block when it knew a peer that holds and serves it. */
async function expectTrackerNotAsked(peer: PeerStage): Promise<void> {
  await peer.complete();
  const wrong = settledRequests(peer).settled.find(({ to }) => to === 'tracker');
  if (wrong === undefined) return;
  const index = blockIndex(wrong);
  throw new TimedViolation(
    `a request for block ${index} to a peer, as one holds and serves it`,
    'request_block_tracker for it',
  );
}

/** Lets ana and the tracker refuse for several intervals. Then the tracker grants: ana must be asked shortly before it. */
async function expectHolderAskedAgain(peer: PeerStage): Promise<void> {
  const { timing, transcript } = peer.context;
  const ana = peer.peer('ana');
  const isAsked = (): boolean => ana.seen('request_block').length > 0;
  await peer.until(isAsked, finishesWithinMs(timing, 1), 'a request for a block to ana', () => 'none');
  // On a busy machine the subject may take long to ask for each block once; the refusals grow old only after that.
  const isAskedForAll = (): boolean => new Set(ana.seen('request_block').map(blockIndex)).size === peer.blocks.length;
  const isGone = (): boolean => peer.program.exit !== undefined;
  await transcript.watch.until(() => isAskedForAll() || isGone(), asksForEachWithinMs(timing, peer.blocks.length));
  const staleMs = refusalIsStaleAfterMs(timing);
  await transcript.watch.until(isGone, Math.min(staleMs + 2 * timing.unchokeMs, 15_000));
  peer.tracker.script.block = (index) => grant(index, peer.blocks);
  await peer.complete();
  const askedMs = ana.seen('request_block').map(({ atMs }) => atMs);
  const wrong = peer.tracker
    .seen('request_block_tracker')
    .find(({ sinceMs }) => !askedMs.some((atMs) => atMs > sinceMs - staleMs) && askedMs.some((at) => at < sinceMs));
  if (wrong === undefined) return;
  throw new TimedViolation(
    `a request to ana, which holds every block, at most ${Math.round(staleMs)} ms before the one to the tracker for block ${blockIndex(wrong)}`,
    'only earlier requests to ana',
  );
}

export const onlyThenCases = [
  peerCase(
    'peer.tracker-last.only-then/holder-asked',
    'A peer holds and serves blocks that the tracker refuses: the subject asks that peer for one.',
    async (peer) => {
      const { timing } = peer.context;
      const isAsked = (): boolean => peer.peer('ana').seen('request_block').length > 0;
      await peer.until(
        isAsked,
        finishesWithinMs(timing, 2),
        'a request for a block to ana, its only holder',
        () => 'none',
      );
    },
    {
      setup: () => ({ peers: [{ id: 'ana', holds: new Set([2, 3, 4, 5, 6, 7]) }] }),
      needs: [keyCases.downloadsFromPeer],
    },
  ),

  peerCase(
    'peer.tracker-last.only-then/all-blocks-with-peers',
    'Four peers hold every block and serve: once the subject knows that, it does not ask the tracker for a block.',
    expectTrackerNotAsked,
    { setup: () => slowSwarm(() => true), needs: [keyCases.downloadsFromPeer, keyCases.asksNewPeersForBlocks] },
  ),

  peerCase(
    'peer.tracker-last.only-then/one-of-two-refuses',
    'Two peers hold every block, half of the blocks are empty, one peer refuses and the other serves: once the subject knows that, it does not ask the tracker for a block.',
    expectTrackerNotAsked,
    {
      setup: () => {
        const swarm = slowSwarm((_, n) => n < 2, { text: (line, index) => (index % 2 === 0 ? '' : line) });
        const [ana, bia] = swarm.peers;
        if (ana === undefined || bia === undefined) throw new Error('The swarm is too small.');
        return { ...swarm, peers: [refusingPeer(ana.id, ana.holds), bia] };
      },
      needs: ['peer.tracker-last.only-then/all-blocks-with-peers', 'peer.file.exact/empty-blocks'],
    },
  ),

  peerCase(
    'peer.tracker-last.only-then/refused-before',
    'The only holder refuses every request, and so does the tracker for several intervals: in each the subject asks the tracker only after the holder.',
    expectHolderAskedAgain,
    {
      setup: () => {
        const blocks = sampleBlocks(2);
        return {
          blocks,
          peers: [refusingPeer('ana', blocks.keys())],
          tracker: { initialBlocks: [] },
          // Long enough that a busy machine gets to the tracker, too, before the holder may be asked again.
          intervals: { unchokeMs: 600 },
        };
      },
      needs: ['peer.tracker-last.only-then/one-of-two-refuses', 'peer.tracker-last.all-refuse/choked-everywhere'],
    },
  ),
];
