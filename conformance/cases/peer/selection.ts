import { peerCase } from '../case.ts';
import { show } from '../../wire/expect.ts';
import type { PeerStage } from '../../stage/peer-stage.ts';
import { grant, withhold } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { refusingPeer } from '../../stage/scripted-peer.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import type { Reply, SeenRequest } from '../../wire/scripted-server.ts';
import { goingOn } from './connections.ts';
import { blockIndex, settledRequests, slowSwarm } from './selection-swarm.ts';
import { asksForEachWithinMs, finishesWithinMs, refusalIsStaleAfterMs } from '../../time-limits.ts';

const fromAPeer = 'peer.file.exact/from-a-peer';
const onLearning = 'peer.discovery.infos-on-learning/listed-at-registration';

/** Throws a violation if the tracker was asked for a block when peers that serve were known to have it. */
function expectTrackerLeftAlone(peer: PeerStage): void {
  const wrong = settledRequests(peer).settled.find(({ to }) => to === 'tracker');
  if (wrong === undefined) return;
  const index = blockIndex(wrong);
  throw new Violation(
    `a request for block ${index} to a peer, as one holds and serves it`,
    'request_block_tracker for it',
  );
}

/** The refusal of every block request. */
const choked = ({ action, body }: SeenRequest): Reply | undefined =>
  action === 'request_block' ? withhold(field(body, 'block_index'), 'Choked or block unavailable') : undefined;

export const peerSelectionCases = [
  peerCase(
    'peer.selection.asks-holders/each-has-its-own',
    'Each of four peers holds other blocks: none is asked for a block that it does not hold.',
    async (peer) => {
      await peer.complete();
      for (const other of peer.peers) {
        const wrong = other.seen('request_block').find((request) => !other.script.holds.has(blockIndex(request)));
        if (wrong !== undefined) {
          throw new Violation(
            `requests to ${other.id} for blocks that it holds, ${show([...other.script.holds])}`,
            `a request for block ${blockIndex(wrong)}`,
          );
        }
      }
    },
    {
      setup: () => ({ peers: [1, 2, 3].map((n) => ({ id: `peer-${n}`, holds: new Set([2 * n, 2 * n + 1]) })) }),
      needs: [fromAPeer],
    },
  ),

  peerCase(
    'peer.tracker-last.only-then/all-blocks-with-peers',
    'Four peers hold every block and serve: once that is known, the tracker is asked for nothing.',
    async (peer) => {
      await peer.complete();
      expectTrackerLeftAlone(peer);
    },
    { setup: () => slowSwarm(() => true), needs: [fromAPeer, onLearning] },
  ),

  peerCase(
    'peer.tracker-last.only-then/one-of-two-refuses',
    'Two peers hold every block, half of them empty, one refuses and the other serves: once that is known, the tracker is asked for nothing.',
    async (peer) => {
      await peer.complete();
      expectTrackerLeftAlone(peer);
    },
    {
      setup: () => {
        const swarm = slowSwarm((_, n) => n < 2, { text: (line, index) => (index % 2 === 0 ? '' : line) });
        const [ana, bia] = swarm.peers;
        if (ana === undefined || bia === undefined) throw new Error('The swarm is too small.');
        return { ...swarm, peers: [{ ...ana, specialReply: choked }, bia] };
      },
      needs: ['peer.tracker-last.only-then/all-blocks-with-peers', 'peer.file.exact/empty-blocks'],
    },
  ),

  peerCase(
    'peer.tracker-last.only-then/refused-before',
    'The only holder refuses every request, and so does the tracker for some intervals: it is asked only after the holder in each.',
    async (peer) => {
      const { watch } = peer.context.transcript;
      const { timing } = peer.context;
      const ana = peer.peer('ana');
      const asked = (): boolean => ana.seen('request_block').length > 0;
      await peer.until(asked, finishesWithinMs(timing, 1), 'a request for a block to ana', () => 'none');
      // Only then can all that it asks be long after: on a busy machine it may take a while to ask for each block once.
      const hasAskedAll = (): boolean => new Set(ana.seen('request_block').map(blockIndex)).size === peer.blocks.length;
      const gone = (): boolean => peer.program.exit !== undefined;
      await watch.until(() => hasAskedAll() || gone(), asksForEachWithinMs(timing, peer.blocks.length));
      // In such a time there is a recomputation, and a busy machine gets round to ask after it.
      const staleMs = refusalIsStaleAfterMs(timing);
      await watch.until(gone, Math.min(staleMs + 2 * timing.unchokeMs, 15_000));
      peer.tracker.script.block = (index) => grant(index, peer.blocks);
      await peer.complete();
      const askedMs = ana.seen('request_block').map(({ atMs }) => atMs);
      const wrong = peer.tracker
        .seen('request_block_tracker')
        .find(({ sinceMs }) => !askedMs.some((atMs) => atMs > sinceMs - staleMs) && askedMs.some((at) => at < sinceMs));
      if (wrong === undefined) return;
      throw new Violation(
        `a request to ana, who holds everything, at most ${Math.round(staleMs)} ms before one for block ${blockIndex(wrong)} to the tracker`,
        'none since she refused long before',
      );
    },
    {
      setup: () => {
        const blocks = sampleBlocks(4);
        return {
          blocks,
          peers: [refusingPeer('ana', blocks.keys())],
          tracker: { initialBlocks: [] },
          intervals: { unchokeMs: 300 },
        };
      },
      needs: ['peer.tracker-last.only-then/one-of-two-refuses', 'peer.tracker-last.all-refuse/choked-everywhere'],
    },
  ),

  peerCase(
    'peer.tracker-last.nobody-has/one-peer-without-blocks',
    'The only other peer has no block: every block is asked of the tracker, and the download completes.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(6);
        return {
          blocks,
          peers: [{ id: 'ana', holds: new Set() }],
          tracker: { initialBlocks: [], block: (index) => grant(index, blocks) },
        };
      },
      needs: goingOn,
    },
  ),

  peerCase(
    'peer.tracker-last.nobody-has/alone',
    'There is no other peer: every block is asked of the tracker, and the download completes.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(6);
        return { blocks, peers: [], tracker: { initialBlocks: [], block: (index) => grant(index, blocks) } };
      },
      needs: ['peer.tracker-last.nobody-has/one-peer-without-blocks'],
    },
  ),

  peerCase(
    'peer.tracker-last.all-refuse/choked-everywhere',
    'Two peers have every block and refuse all requests: the subject turns to the tracker, and the download completes.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(6);
        return {
          blocks,
          peers: ['ana', 'bia'].map((id) => ({ id, holds: new Set(blocks.keys()), specialReply: choked })),
          tracker: { initialBlocks: [], block: (index) => grant(index, blocks) },
          // Long enough that on a busy machine two refusals and the tracker's answer fit in.
          intervals: { unchokeMs: 2_000 },
        };
      },
      needs: ['peer.tracker-last.nobody-has/one-peer-without-blocks'],
    },
  ),
];
