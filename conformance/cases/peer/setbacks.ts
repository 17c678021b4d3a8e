import { peerCase } from '../case.ts';
import { show } from '../../wire/expect.ts';
import type { PeerStage } from '../../stage/peer-stage.ts';
import { grant, reply } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { refusingPeer } from '../../stage/scripted-peer.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import type { Reply, SeenRequest } from '../../wire/scripted-server.ts';
import { finishesWithinMs, repeatsWithinMs } from '../../time-limits.ts';

const PERIODIC = 'peer.discovery.periodic/while-incomplete';
const toAll = 'peer.announces.to-all/a-peer-without-blocks';

const isList = (usual: Reply): boolean =>
  usual.kind === 'message' && 'peers' in usual.message && !('initial_blocks' in usual.message);

/** The answer to one get_peers, the first or a later one, is another one than the list. */
export function insteadOfList(nth: number, other: Reply): (usual: Reply) => Reply {
  let lists = 0;
  return (usual) => (isList(usual) && ++lists === nth ? other : usual);
}

/** Each entry of a list of peers has fields that the protocol does not know. */
function withMoreInEntries(usual: Reply): Reply {
  if (usual.kind !== 'message' || !('peers' in usual.message)) return usual;
  const peers = (usual.message.peers as object[]).map((entry) => ({ note: 'é', status: 'error', ...entry, x: [null] }));
  return { ...usual, message: { ...usual.message, peers } };
}

/** Waits for so many requests of an action, at the longest for twice the time that they take. */
async function untilSeen(peer: PeerStage, seen: () => number, times: number, action: string): Promise<void> {
  await peer.until(
    () => seen() >= times,
    repeatsWithinMs(peer.context.timing, times),
    `${action}, ${times} times`,
    () => `${seen()} times`,
  );
}

/** All blocks but the last one, which is for another clause, and those that `id` says it has are announced to it. */
async function expectAnnounced(peer: PeerStage, id: string): Promise<void> {
  await peer.complete();
  const { script } = peer.peer(id);
  const missing = (): number[] => {
    const told = new Set(
      peer
        .peer(id)
        .seen('announce_block')
        .map(({ body }) => field(body, 'block_index')),
    );
    return [...peer.blocks.keys()].filter((index) => !told.has(index) && !script.holds.has(index));
  };
  await peer.context.transcript.watch.until(() => missing().length <= 1, finishesWithinMs(peer.context.timing, 0));
  if (missing().length > 1)
    throw new Violation(`announce_block to ${id} for each block`, `none for ${show(missing())}`);
}

const SIX = ['ana', 'bia', 'caio', 'davi', 'eva', 'fabio'];

/** So slow that the tracker is asked for peers meanwhile. */
const slowMs = 200;

export const peerSetbackCases = [
  peerCase(
    'peer.discovery.periodic/after-an-early-close',
    'The tracker closes instead of answering the first get_peers: it is asked again and again.',
    (peer) => untilSeen(peer, () => peer.tracker.seen('get_peers').length, 4, 'get_peers'),
    { setup: () => ({ tracker: { transformReply: insteadOfList(1, { kind: 'close' }) } }), needs: [PERIODIC] },
  ),

  peerCase(
    'peer.discovery.periodic/six-known',
    'Six peers are listed at the registration, and the download goes on: the tracker is asked for peers again and again.',
    (peer) => untilSeen(peer, () => peer.tracker.seen('get_peers').length, 4, 'get_peers'),
    { setup: () => ({ peers: SIX.map((id) => refusingPeer(id, [2, 3])) }), needs: [PERIODIC] },
  ),

  peerCase(
    'peer.discovery.infos-periodic/after-an-error',
    'One peer refuses connections, another one answers the first have_blocks_info with an error: this one is asked again and again.',
    (peer) => untilSeen(peer, () => peer.peer('ana').seen('have_blocks_info').length, 4, 'have_blocks_info to ana'),
    {
      setup: () => {
        let isFirst = true;
        const specialReply = ({ action }: SeenRequest): Reply | undefined => {
          if (action !== 'have_blocks_info' || !isFirst) return undefined;
          isFirst = false;
          return reply({ status: 'error', reason: 'not yet' });
        };
        const dead = { id: 'morto', holds: new Set<number>(), refusesConnections: true };
        return { peers: [dead, { id: 'ana', holds: new Set<number>(), specialReply }] };
      },
      needs: ['peer.discovery.infos-periodic/while-incomplete', 'peer.dead.goes-on/nobody-listens'],
    },
  ),

  peerCase(
    'wire.fields.client-ignores-unknown/in-entries',
    'The entries of the lists of peers have fields that the protocol does not know: a peer that is listed so is asked for its blocks.',
    (peer) => untilSeen(peer, () => peer.peer('ana').seen('have_blocks_info').length, 1, 'have_blocks_info to ana'),
    {
      setup: () => ({ peers: [refusingPeer('ana', [2, 3])], tracker: { transformReply: withMoreInEntries } }),
      needs: ['peer.discovery.infos-on-learning/listed-at-registration'],
    },
  ),

  peerCase(
    'peer.announces.to-all/after-bad-answers',
    'A peer answers block requests and announcements with bytes that are not JSON: all further blocks are announced to it.',
    (peer) => expectAnnounced(peer, 'bia'),
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        const common = [3, 4, 5, 6, 7];
        const garbage: Reply = { kind: 'raw', bytes: Buffer.from('oops') };
        const specialReply = ({ action }: SeenRequest): Reply | undefined =>
          action === 'have_blocks_info' ? undefined : garbage;
        return {
          blocks,
          peers: [
            { id: 'ana', holds: new Set(common), answerAfterMs: slowMs },
            { id: 'caio', holds: new Set(common), answerAfterMs: slowMs },
            { id: 'bia', holds: new Set([2]), specialReply },
          ],
          tracker: { block: (index) => grant(index, blocks) },
        };
      },
      needs: [toAll],
    },
  ),

  peerCase(
    'peer.announces.to-all/drawn-no-more',
    'Six peers are listed at the registration, and get_peers gives always the same five: the blocks are announced to the sixth too.',
    (peer) => expectAnnounced(peer, 'fabio'),
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        const holds = (id: string): Set<number> => new Set(id === 'ana' ? [2, 3, 4, 5, 6, 7] : []);
        return {
          blocks,
          peers: SIX.map((id) => ({ id, holds: holds(id), answerAfterMs: slowMs })),
          tracker: {
            block: (index) => grant(index, blocks),
            draw: (listed) => listed.filter(({ peer_id }) => peer_id !== 'fabio'),
          },
        };
      },
      needs: [toAll],
    },
  ),
];
