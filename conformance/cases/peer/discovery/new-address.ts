import type { PeerStage } from '../../../stage/peer-stage.ts';
import { grant, reply, withhold } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import type { PeerEntry } from '../../../stage/scripted-tracker.ts';
import {
  announcesWithinMs,
  asksForInfosAgainWithinMs,
  finishesWithinMs,
  learnsOfPeersWithinMs,
} from '../../../time-limits.ts';
import { TimedViolation } from '../../../violation.ts';
import type { Reply, SeenRequest } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { untilRepeated } from '../../swarms.ts';
import { infosAsked, untilAllAsked } from './infos.ts';

const blockCount = 8;
/** The tracker grants it once bia has moved. */
const lateBlock = 5;

/** Two servers, one after the other, are bia. */
function biaMoves() {
  const blocks = sampleBlocks(blockCount);
  const specialReply = ({ action }: SeenRequest): Reply | undefined =>
    action === 'have_blocks_info'
      ? reply({ status: 'success', peer_id: 'bia', blocks_info: blocks.map(() => false) })
      : undefined;
  return {
    blocks,
    peers: [
      { id: 'bia', holds: new Set<number>() },
      { id: 'bia-moved', holds: new Set<number>(), specialReply, listedBy: 'get_peers' as const },
    ],
    tracker: { draw: (listed: readonly PeerEntry[]) => listed.filter(({ peer_id }) => peer_id === 'bia') },
  };
}

/** Waits until the subject has learned of bia, then lists bia at the other address, and grants a block. */
async function move(peer: PeerStage): Promise<void> {
  const { script } = peer.tracker;
  await untilAllAsked(peer, ['bia']);
  script.draw = (listed) =>
    listed.filter(({ peer_id }) => peer_id === 'bia-moved').map((entry) => ({ ...entry, peer_id: 'bia' }));
}

export const newAddressCases = [
  peerCase(
    'peer.discovery.new-address/listed-later',
    'get_peers lists a known peer with another port: from then on the subject asks it for its blocks there only.',
    async (peer) => {
      const { timing } = peer.context;
      await move(peer);
      const there = (): number => infosAsked(peer, 'bia-moved').length;
      const limitMs = learnsOfPeersWithinMs(timing) + 4 * asksForInfosAgainWithinMs(timing);
      await untilRepeated(peer, there, 4, 'have_blocks_info to bia at the new address', limitMs);
      // By its second request there, the subject has long read the list.
      const sinceMs = infosAsked(peer, 'bia-moved')[1]?.atMs ?? Infinity;
      const old = peer.peer('bia').requests.find((request) => request.sinceMs > sinceMs);
      if (old !== undefined)
        throw new TimedViolation(
          'requests to bia at the new address only',
          `a ${old.action} to the old one after two have_blocks_info to the new one`,
        );
    },
    { setup: biaMoves, needs: [keyCases.asksForPeers, 'peer.discovery.infos-periodic/while-incomplete'] },
  ),

  peerCase(
    'peer.discovery.new-address/announcements',
    'get_peers lists a known peer with another port, and the subject gets a block: it announces the block at the new address only.',
    async (peer) => {
      const { timing } = peer.context;
      await move(peer);
      await untilAllAsked(peer, ['bia-moved']);
      const before = peer.peer('bia').seen('announce_block').length;
      peer.tracker.script.block = (index) => (index === lateBlock ? grant(index, peer.blocks) : withhold(index));
      await peer.until(
        () => peer.peer('bia-moved').seen('announce_block').length > 0,
        finishesWithinMs(timing, blockCount) + announcesWithinMs(timing),
        `an announcement of block ${lateBlock} to bia at the new address`,
        () => `${peer.peer('bia').seen('announce_block').length - before} to the old one since then`,
      );
    },
    {
      setup: biaMoves,
      needs: ['peer.discovery.new-address/listed-later', 'peer.announces.to-all/a-peer-without-blocks'],
    },
  ),
];
