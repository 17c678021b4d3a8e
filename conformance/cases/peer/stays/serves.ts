import type { PeerStage } from '../../../stage/peer-stage.ts';
import { expectEqual, expectSuccess } from '../../../wire/expect.ts';
import { field } from '../../../wire/message.ts';
import { announceBlock, haveBlocksInfo } from '../../../wire/requests.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { expectServedThroughout } from '../choking/whole-intervals.ts';
import { stays, swarmOfNewPeers, untilStays, whyItDoesNotStay } from './complete-swarm.ts';

export async function expectEachBlockServed(peer: PeerStage): Promise<void> {
  for (const [index, text] of peer.blocks.entries()) {
    const expected = `block ${index} for ${peer.known}, the only peer that the complete peer knows,`;
    const message = await peer.expectGrant(peer.client, peer.known, index, expected);
    expectEqual(field(message, 'block_data'), text, 'block_data');
  }
}

export const staysServesCases = [
  peerCase(
    'peer.stays.serves/lone-known-peer',
    'A complete peer that stays knows one other, which has no blocks: it serves every block to it, and goes on over three intervals.',
    async (peer) => {
      await untilStays(peer);
      await expectEachBlockServed(peer);
      await expectServedThroughout(peer, 3, [peer.known]);
    },
    { setup: () => swarmOfNewPeers(1), inapplicable: whyItDoesNotStay, needs: [stays, keyCases.grants.peer] },
  ),

  peerCase(
    'peer.stays.serves/infos-and-announcements',
    'A complete peer that stays is asked for its blocks, and told of each block of another: it answers each with success.',
    async (peer) => {
      await untilStays(peer);
      for (const index of peer.blocks.keys()) {
        const expected = `success for an announcement of block ${index} to a complete peer`;
        expectSuccess(await peer.client.ask(announceBlock(peer.known, index)), expected);
      }
      const answer = await peer.client.ask(haveBlocksInfo(peer.known));
      const info = field(expectSuccess(answer, 'success for have_blocks_info to a complete peer'), 'blocks_info');
      const all = peer.blocks.map(() => true);
      expectEqual(info, all, 'blocks_info of a complete peer');
    },
    {
      setup: () => swarmOfNewPeers(1),
      inapplicable: whyItDoesNotStay,
      needs: [stays, 'peer.announce.success/known-sender', keyCases.answersRead.peer],
    },
  ),
];
