import { grant, withhold } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { refusingPeer } from '../../../stage/scripted-peer.ts';
import { asksForInfosWithinMs, finishesWithinMs } from '../../../time-limits.ts';
import { Violation } from '../../../violation.ts';
import { expectAnswer, expectEqual, expectError, expectSuccess, show } from '../../../wire/expect.ts';
import { announceBlock, peerOffline, requestBlock } from '../../../wire/requests.ts';
import { peerCase, trackerCase, type Case } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex, untilRead } from '../../swarms.ts';

const long = 'x'.repeat(4_100);

/** Ids, each with others that only a careless comparison takes for it. */
const alike: ReadonlyMap<string, readonly string[]> = new Map([
  ['Ana', ['ana', 'ANA', ' Ana', 'Ana ', 'Ana\u0000', 'Ana\n']],
  [
    'jo\u00e3o %62 &lt; \\u0061',
    ['joa\u0303o %62 &lt; \\u0061', 'jo\u00e3o b &lt; \\u0061', 'jo\u00e3o %62 < \\u0061', 'jo\u00e3o %62 &lt; a'],
  ],
  ['stra\u00dfe 1 K', ['strasse 1 K', 'stra\u00dfe 01 K', 'stra\u00dfe \u0661 K', 'stra\u00dfe 1 \u212a']],
  [`${long}1`, [`${long}2`, long]],
]);

/** Blocks that the tracker withholds: one that nobody has, and two that Ana has, the second of them later. */
const [nobodys, heldByAna, laterHeldByAna] = [5, 6, 7];

export const identifiersExactCases: Case[] = [
  trackerCase(
    'wire.types.identifiers-exact/tracker-goodbyes',
    'A peer is registered, and one with almost the same id says goodbye: the first stays on the list, until it says goodbye itself.',
    async (tracker) => {
      const listed = async (): Promise<string[]> => tracker.othersIn(await tracker.getPeers(tracker.known));
      for (const [id, others] of alike) {
        expectSuccess(await tracker.register(id, 20_001), `success for the registration of ${show(id)}`);
        for (const other of others) {
          expectAnswer(await tracker.client.ask(peerOffline(other, other)), 'an answer to a goodbye');
          expectEqual(await listed(), [id], `after the goodbye of ${show(other)}, a list of`);
        }
        expectSuccess(await tracker.client.ask(peerOffline(id, id)), `success for the goodbye of ${show(id)}`);
        expectEqual(await listed(), [], `after the goodbye of ${show(id)}, a list of`);
      }
    },
    {
      needs: ['tracker.register.lists-others/ids-alike', 'tracker.offline.unknown/nobody-of-that-name'],
      sharedBy: 'requests',
    },
  ),

  trackerCase(
    'wire.types.identifiers-exact/tracker-lists',
    'Two peers with almost the same id register: each is listed to the other under its very id.',
    async (tracker) => {
      for (const [id, others] of alike) {
        for (const other of others) {
          for (const each of [id, other])
            expectSuccess(await tracker.register(each, 20_001), `success for the registration of ${show(each)}`);
          for (const [one, two] of [
            [id, other],
            [other, id],
          ] as const) {
            const ids = tracker.othersIn(await tracker.getPeers(one), one);
            expectEqual(ids, [two, tracker.known].sort(), `the list for ${show(one)} to be`);
          }
          for (const each of [id, other]) await tracker.client.ask(peerOffline(each, each));
        }
      }
    },
    {
      needs: ['tracker.register.lists-others/ids-alike', 'tracker.offline.removes/itself'],
      sharedBy: 'requests',
    },
  ),

  peerCase(
    'wire.types.identifiers-exact/peer-block-requests',
    'Four peers are unchoked, and others with almost the same ids ask for a block: error each time.',
    async (peer) => {
      for (const { id, client } of peer.peers) await peer.expectGrant(client, id, 0, `block 0 for ${show(id)}`);
      for (const other of [...alike.values()].flat()) {
        const expected = `status "error" for ${show(other)}, which the tracker has never listed`;
        expectError(await peer.client.ask(requestBlock(other, 0)), expected);
      }
    },
    {
      setup: () => ({ peers: [...alike.keys()].map((id) => refusingPeer(id, [2, 3])) }),
      needs: ['peer.request-block.serves/odd-ids', 'peer.request-block.refuses-unknown/stranger'],
    },
  ),

  peerCase(
    'wire.types.identifiers-exact/peer-announcements',
    'Strangers whose ids are almost that of a known peer announce a block: the subject does not ask the known peer for it, and asks it for one that it announces itself.',
    async (peer) => {
      const ana = peer.peer('Ana');
      const { timing } = peer.context;
      const patienceMs = finishesWithinMs(timing, peer.blocks.length);
      await untilRead(peer, ana, 'request_block', patienceMs);
      await untilRead(peer, ana, 'have_blocks_info', asksForInfosWithinMs(timing));
      for (const other of alike.get('Ana') ?? [])
        expectAnswer(await peer.client.ask(announceBlock(other, nobodys)), 'an answer to an announcement');
      ana.script.holds.add(laterHeldByAna);
      expectSuccess(await ana.client.ask(announceBlock('Ana', laterHeldByAna)), 'success for an announcement');
      const askedAna = (index: number) => ana.seen('request_block').find((request) => blockIndex(request) === index);
      const isAsked = (): boolean => askedAna(laterHeldByAna) !== undefined;
      await peer.until(isAsked, patienceMs, `a request for block ${laterHeldByAna} to Ana`, () => 'none');
      // Now it lacks one block only: it asks the tracker for that if it knows no holder.
      const sinceMs = peer.context.transcript.nowMs();
      const asksForLast = (): boolean =>
        askedAna(nobodys) !== undefined ||
        peer.tracker
          .seen('request_block_tracker')
          .some((request) => blockIndex(request) === nobodys && request.sinceMs > sinceMs);
      await peer.until(asksForLast, patienceMs, `a request for block ${nobodys} to the tracker`, () => 'none');
      if (askedAna(nobodys) !== undefined)
        throw new Violation(`no request to Ana for block ${nobodys}, which only others have announced`, 'one');
    },
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        return {
          blocks,
          peers: [{ id: 'Ana', holds: new Set([heldByAna]) }],
          tracker: {
            block: (index) => (index >= nobodys ? withhold(index) : grant(index, blocks)),
          },
          longInfos: true,
        };
      },
      needs: [
        'peer.announce.counts-holder/asked-for-it',
        'peer.announce.unknown-sender/stranger',
        keyCases.downloadsAlone,
      ],
    },
  ),
];
