import type { PeerStage } from '../../stage/peer-stage.ts';
import { grant } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { announcesWithinMs, finishesWithinMs } from '../../time-limits.ts';
import { TimedViolation, Violation } from '../../violation.ts';
import { show } from '../../wire/expect.ts';
import { field, isObject } from '../../wire/message.ts';
import type { Reply, SeenRequest } from '../../wire/scripted-server.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { notRegistered, replaceNthPeerList } from '../swarms.ts';

const toAll = 'peer.announces.to-all/a-peer-without-blocks';

/** Ana has blocks 2 to 4, bia none, and the tracker grants every block. */
const anaHasThree = () => {
  const blocks = sampleBlocks(8);
  return {
    blocks,
    peers: [
      { id: 'ana', holds: new Set([2, 3, 4]) },
      { id: 'bia', holds: new Set<number>() },
    ],
    tracker: { block: (index: number) => grant(index, blocks) },
  };
};

const sixIds = ['ana', 'bia', 'caio', 'davi', 'eva', 'fabio'];

/** Answers are so slow that the subject sends get_peers during the download. */
const answerAfterMs = 200;

/** The blocks whose data did not come with the registration, so that the subject has to announce them. */
function fetched({ blocks, tracker }: PeerStage): number[] {
  const inline = field(tracker.seen('register')[0]?.answer, 'initial_blocks_data');
  return [...blocks.keys()].filter((index) => !isObject(inline) || field(inline, String(index)) === undefined);
}

/** How often the subject announced each block to a scripted peer, by index. */
function announced(peer: PeerStage, id: string): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const { body } of peer.peer(id).seen('announce_block')) {
    const index = field(body, 'block_index');
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return counts;
}

async function untilAnnouncedToBia(peer: PeerStage, indices: readonly number[], what: string): Promise<void> {
  const missing = (): number[] => indices.filter((index) => !announced(peer, 'bia').has(index));
  const limitMs = announcesWithinMs(peer.context.timing);
  await peer.context.transcript.watch.until(() => missing().length === 0, limitMs);
  if (missing().length > 0)
    throw new TimedViolation(
      `announce_block to bia, which has no blocks, for ${what}, within ${limitMs} ms`,
      `none for ${show(missing())}`,
    );
}

/** Throws unless a peer gets an announcement of each block that it does not hold; the last block is for another clause. */
async function expectAllButOneAnnounced(peer: PeerStage, id: string): Promise<void> {
  await peer.complete();
  const { holds } = peer.peer(id).script;
  const missing = (): number[] => {
    const counts = announced(peer, id);
    return fetched(peer).filter((index) => !counts.has(index) && !holds.has(index));
  };
  const limitMs = finishesWithinMs(peer.context.timing, 0);
  await peer.context.transcript.watch.until(() => missing().length <= 1, limitMs);
  if (missing().length > 1)
    throw new TimedViolation(
      `announce_block to ${id} for each block within ${limitMs} ms`,
      `none for ${show(missing())}`,
    );
}

/** The block that the subject asked for last. */
function lastBlock(peer: PeerStage): number {
  const requests = peer.requests().filter(({ action }) => action.startsWith('request_block'));
  return Number(field(requests.at(-1)?.body, 'block_index'));
}

async function expectAnnouncedOnce(peer: PeerStage): Promise<void> {
  await peer.complete();
  // By the time of the last announcement all others have arrived, if it comes; whether it does is for another clause.
  const last = lastBlock(peer);
  await peer.context.transcript.watch.until(
    () => announced(peer, 'bia').has(last),
    announcesWithinMs(peer.context.timing),
  );
  for (const { id } of peer.peers) {
    const twice = [...announced(peer, id)].filter(([, count]) => count > 1).map(([index]) => index);
    if (twice.length > 0)
      throw new Violation(`one announcement per block to ${id}`, `several for blocks ${show(twice)}`);
  }
}

export const announcesCases = [
  peerCase(
    'peer.announces.to-all/a-peer-without-blocks',
    'The subject gets blocks from a peer and from the tracker: it announces each but the last to another peer, which has none.',
    async (peer) => {
      await peer.complete();
      const last = lastBlock(peer);
      await untilAnnouncedToBia(
        peer,
        fetched(peer).filter((index) => index !== last),
        'each of the first seven blocks',
      );
    },
    { setup: anaHasThree, needs: [keyCases.downloadsFromPeer, keyCases.downloadsAlone] },
  ),

  peerCase(
    'peer.announces.to-all/after-bad-answers',
    'A peer answers block requests and announcements with bytes that are not JSON: the subject announces all further blocks to it.',
    (peer) => expectAllButOneAnnounced(peer, 'bia'),
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        const common = [3, 4, 5, 6, 7];
        const garbage: Reply = { kind: 'raw', bytes: Buffer.from('oops') };
        let wasAsked = false;
        const specialReply = ({ action }: SeenRequest): Reply | undefined => {
          if (action === 'request_block') wasAsked = true;
          return action === 'have_blocks_info' ? undefined : garbage;
        };
        return {
          blocks,
          peers: [
            { id: 'ana', holds: new Set([2, ...common]), answerAfterMs, listedBy: 'get_peers' },
            { id: 'caio', holds: new Set(common), answerAfterMs },
            { id: 'bia', holds: new Set([2]), specialReply },
          ],
          tracker: {
            block: (index) => grant(index, blocks),
            // The block of which bia is the only holder is the rarest, so the subject asks bia before it knows ana.
            draw: (listed) => listed.filter(({ peer_id }) => wasAsked || peer_id !== 'ana'),
          },
        };
      },
      needs: ['peer.wrong-answers.survived/not-json', toAll],
    },
  ),

  peerCase(
    'peer.announces.to-all/drawn-no-more',
    'The answer to the registration lists six peers, and get_peers always the same five: the subject announces the blocks to the sixth, too.',
    (peer) => expectAllButOneAnnounced(peer, 'fabio'),
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        const holds = (id: string): Set<number> => new Set(id === 'ana' ? [2, 3, 4, 5, 6, 7] : []);
        return {
          blocks,
          peers: sixIds.map((id) => ({ id, holds: holds(id), answerAfterMs })),
          tracker: {
            block: (index) => grant(index, blocks),
            draw: (listed) => listed.filter(({ peer_id }) => peer_id !== 'fabio'),
          },
        };
      },
      needs: [toAll, 'peer.discovery.lists-are-samples/still-asked'],
    },
  ),

  peerCase(
    'peer.announces.once/two-peers',
    'The subject gets blocks from a peer and from the tracker: it announces each block once to each of two peers.',
    expectAnnouncedOnce,
    { setup: anaHasThree, needs: ['wire.exchange.one-request/servers-that-close', toAll] },
  ),

  peerCase(
    'peer.announces.once/after-an-error',
    'The tracker answers a get_peers with an error, so that the subject may register again: the subject announces each block once to each of two peers.',
    expectAnnouncedOnce,
    {
      setup: () => {
        const { blocks, peers } = anaHasThree();
        return {
          blocks,
          peers: peers.map((one) => ({ ...one, answerAfterMs })),
          tracker: {
            block: (index) => grant(index, blocks, answerAfterMs),
            transformReply: replaceNthPeerList(2, notRegistered),
          },
        };
      },
      needs: [toAll, 'peer.discovery.periodic/after-an-error'],
    },
  ),

  peerCase(
    'peer.announces.last-block/a-peer-without-blocks',
    'The subject gets its last block: it announces that one, too.',
    async (peer) => {
      await peer.complete();
      await untilAnnouncedToBia(peer, [lastBlock(peer)], 'the last block');
    },
    { setup: anaHasThree, needs: [toAll] },
  ),
];
