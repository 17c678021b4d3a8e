import { setTimeout as wait } from 'node:timers/promises';
import { grant } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import type { Reply, SeenRequest } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex } from '../../swarms.ts';
import {
  anaHasThree,
  answerAfterMs,
  expectAllButOneAnnounced,
  fetched,
  lastBlock,
  toAll,
  untilAnnouncedToBia,
} from './announced.ts';

const sixIds = ['ana', 'bia', 'caio', 'davi', 'eva', 'fabio'];

/** Announcements are sent one by one to bia, who is slow until `queued` blocks have been asked for. */
const blockCount = 24;
const queued = 21;
/** Shorter than any time limit of an exchange: an announcement that is given up need not be sent again. */
const holdsBackForMs = 800;
const pollMs = 10;

/** Ana serves all blocks at once, except that the last two wait until bia has got the announcements of those before. */
function slowNeighbour() {
  const blocks = sampleBlocks(blockCount);
  let [askedFor, toldBia] = [0, 0];
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let waitedMs = 0; !isSo() && waitedMs < holdsBackForMs; waitedMs += pollMs) await wait(pollMs);
  };
  const give = async (index: number): Promise<Reply> => {
    askedFor += 1;
    if (askedFor > queued + 1) await until(() => toldBia > queued);
    return grant(index, blocks);
  };
  const ana = {
    id: 'ana',
    holds: new Set(blocks.keys()),
    specialReply: (request: SeenRequest) =>
      request.action === 'request_block' ? give(blockIndex(request)) : undefined,
  };
  const bia = {
    id: 'bia',
    holds: new Set<number>(),
    specialReply: async ({ action }: SeenRequest): Promise<Reply | undefined> => {
      if (action !== 'announce_block') return undefined;
      toldBia += 1;
      if (toldBia === 1) await until(() => askedFor > queued);
      return undefined;
    },
  };
  return { blocks, peers: [ana, bia], tracker: { initialBlocks: [], block: give } };
}

export const toAllCases = [
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
    'peer.announces.to-all/slow-neighbour',
    'A peer answers its first announcement only when the subject has got twenty more blocks: the subject announces those to it, too.',
    (peer) => expectAllButOneAnnounced(peer, 'bia'),
    { setup: slowNeighbour, needs: [toAll] },
  ),
];
