import { peerCase } from '../case.ts';
import { expectSuccess, show } from '../../wire/expect.ts';
import { describeExit } from '../../stage/program-exit.ts';
import type { PeerStage } from '../../stage/peer-stage.ts';
import { grant, reply } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import { haveBlocksInfo } from '../../wire/requests.ts';
import { insteadOfList } from './setbacks.ts';
import {
  announcesWithinMs,
  asksForInfosWithinMs,
  lastBytesArriveWithinMs,
  repeatsWithinMs,
  leavesWithinMs,
} from '../../time-limits.ts';

const FROM_A_PEER = 'peer.file.exact/from-a-peer';

const fromAPeer = () => ({ peers: [{ id: 'ana', holds: new Set([2, 3, 4, 5, 6, 7]) }] });

function saidGoodbye({ tracker, subjectId }: PeerStage): boolean {
  return tracker.seen('peer_offline').some(({ body }) => field(body, 'dead_peer_id') === subjectId);
}

async function untilExit(peer: PeerStage): Promise<void> {
  const { watch } = peer.context.transcript;
  await watch.until(() => peer.program.exit !== undefined, leavesWithinMs(peer.context.timing));
  // The end of a process may be heard of before what it sent last.
  if (peer.program.exit !== undefined) await watch.until(() => saidGoodbye(peer), lastBytesArriveWithinMs);
}

/** It has left as it should, with a goodbye and exit code 0. */
function expectLeft(peer: PeerStage): void {
  const { exit } = peer.program;
  const goodbye = saidGoodbye(peer) ? 'a goodbye' : 'no peer_offline for itself';
  if (exit?.code === 0 && saidGoodbye(peer)) return;
  throw new Violation('peer_offline for itself, then exit code 0', `${goodbye}; ${describeExit(peer.program)}`);
}

async function expectStays(peer: PeerStage): Promise<void> {
  const info = field(
    expectSuccess(await peer.client.ask(haveBlocksInfo(peer.known)), 'a peer that serves on'),
    'blocks_info',
  );
  if (show(info) !== show(peer.blocks.map(() => true)))
    throw new Violation('blocks_info of a complete peer', show(info));
}

export const peerEndCases = [
  peerCase(
    'peer.finish.stays-or-exits/after-its-file',
    'A peer is complete: as its manifest says, it either stays and serves, or says peer_offline and exits with code 0.',
    async (peer) => {
      await peer.complete();
      const { onComplete } = peer.context.implementation.manifest.peer ?? {};
      if (onComplete !== 'stay') await untilExit(peer);
      const left = onComplete === 'exit' || peer.program.exit !== undefined;
      if (left) expectLeft(peer);
      else await expectStays(peer);
    },
    { setup: fromAPeer, needs: [FROM_A_PEER] },
  ),

  peerCase(
    'peer.stop.says-goodbye/sigterm',
    'An incomplete peer is asked to stop by SIGTERM: it says peer_offline for itself.',
    async (peer) => {
      await peer.until(
        () => peer.tracker.seen('get_peers').length > 0,
        repeatsWithinMs(peer.context.timing, 1),
        'a get_peers',
        () => 'none',
      );
      peer.program.signal('SIGTERM');
      const said = await peer.context.transcript.watch.until(
        () => saidGoodbye(peer),
        leavesWithinMs(peer.context.timing),
      );
      if (!said) throw new Violation('peer_offline for itself after SIGTERM', describeExit(peer.program));
    },
    { needs: ['peer.discovery.periodic/while-incomplete'], endsProgram: true },
  ),

  peerCase(
    'peer.tracker-gone.finishes/with-a-peer-that-has-everything',
    'The tracker is gone after the registration, and a known peer has every block: the download completes.',
    async (peer) => {
      const ana = peer.peer('ana');
      const { timing } = peer.context;
      await peer.until(
        () => ana.seen('have_blocks_info').length > 0,
        asksForInfosWithinMs(timing),
        'a have_blocks_info',
        () => 'none',
      );
      peer.tracker.close();
      for (const index of peer.blocks.keys()) ana.script.holds.add(index);
      await peer.complete();
    },
    {
      setup: () => ({ peers: [{ id: 'ana', holds: new Set() }], tracker: { initialBlocks: [] } }),
      needs: [FROM_A_PEER, 'peer.discovery.infos-periodic/while-incomplete'],
      endsProgram: true,
    },
  ),
];

const generousTo = (holds: readonly number[]) => () => {
  const blocks = sampleBlocks(8);
  return {
    blocks,
    peers: [
      { id: 'ana', holds: new Set(holds) },
      { id: 'bia', holds: new Set<number>() },
    ],
    tracker: { block: (index: number) => grant(index, blocks) },
  };
};

/** So slow that the tracker is asked for peers meanwhile. */
const slowMs = 150;

/** How often each block was announced to a scripted peer, by index. */
function announced(peer: PeerStage, id: string): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const { body } of peer.peer(id).seen('announce_block')) {
    const index = field(body, 'block_index');
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return counts;
}

async function untilAnnounced(peer: PeerStage, indices: readonly number[], what: string): Promise<void> {
  const missing = (): number[] => indices.filter((index) => !announced(peer, 'bia').has(index));
  await peer.context.transcript.watch.until(() => missing().length === 0, announcesWithinMs(peer.context.timing));
  if (missing().length > 0)
    throw new Violation(`announce_block to bia, who has no block, for ${what}`, `none for ${show(missing())}`);
}

export const peerAnnounceCases = [
  peerCase(
    'peer.announces.to-all/a-peer-without-blocks',
    'A peer gets blocks from another one and from the tracker: each but the last is announced to a third peer, who has none.',
    async (peer) => {
      await peer.complete();
      const last = lastBlock(peer);
      await untilAnnounced(
        peer,
        [...peer.blocks.keys()].filter((index) => index !== last),
        'each of the first seven blocks',
      );
    },
    { setup: generousTo([2, 3, 4]), needs: [FROM_A_PEER, 'peer.tracker-last.nobody-has/alone'] },
  ),

  peerCase(
    'peer.announces.last-block/a-peer-without-blocks',
    'A peer gets its last block: that one is announced as well.',
    async (peer) => {
      await peer.complete();
      await untilAnnounced(peer, [lastBlock(peer)], 'the last block');
    },
    { setup: generousTo([2, 3, 4]), needs: ['peer.announces.to-all/a-peer-without-blocks'] },
  ),

  peerCase(
    'peer.announces.once/two-peers',
    'A get_peers is answered with an error, so that the subject may register again: to none of two peers is a block announced twice.',
    async (peer) => {
      await peer.complete();
      await untilAnnounced(peer, [lastBlock(peer)], 'the last block');
      for (const { id } of peer.peers) {
        const twice = [...announced(peer, id)].filter(([, count]) => count > 1).map(([index]) => index);
        if (twice.length > 0)
          throw new Violation(`one announcement per block to ${id}`, `several for blocks ${show(twice)}`);
      }
    },
    {
      setup: () => {
        const { blocks, peers } = generousTo([2, 3, 4])();
        const removed = reply({ status: 'error', reason: 'You are not registered' });
        return {
          blocks,
          peers: peers.map((one) => ({ ...one, answerAfterMs: slowMs })),
          tracker: { block: (index) => grant(index, blocks, slowMs), transformReply: insteadOfList(2, removed) },
        };
      },
      needs: ['peer.announces.to-all/a-peer-without-blocks'],
    },
  ),
];

/** The block that the subject asked for last. */
function lastBlock(peer: PeerStage): number {
  const requests = peer.requests().filter(({ action }) => action.startsWith('request_block'));
  return Number(field(requests.at(-1)?.body, 'block_index'));
}
