import type { PeerSetup, PeerStage } from '../../../stage/peer-stage.ts';
import { expectSuccess } from '../../../wire/expect.ts';
import { announceBlock } from '../../../wire/requests.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { askRound, askRounds, expectServed, hasServed, untilRound, untilSettled } from './rounds.ts';
import { bestFourAnd, refusingPeers, refusingSwarm } from './swarm.ts';

/** This many get_peers take longer than an unchoke interval, at the suite's pace and at the paper's. */
const emptyLists = 6;

/** Ana alone, whom the tracker lists only after its first lists, which are empty. */
function listedLate(): PeerSetup {
  const setup = refusingSwarm(refusingPeers({ ana: [2, 3] }));
  let lists = 0;
  return {
    ...setup,
    peers: setup.peers.map((one) => ({ ...one, listedBy: 'get_peers' })),
    tracker: { ...setup.tracker, draw: (listed) => (++lists > emptyLists ? listed : []) },
  };
}

const withoutBlocks = ['late-1', 'late-2', 'late-3'];

async function expectNewBestServed(peer: PeerStage): Promise<void> {
  await untilSettled(peer);
  const { served } = await askRound(peer);
  // The optimistic one is served already, so one of the others must become the best.
  const newBest = peer.peer(withoutBlocks.find((id) => !served.has(id)) ?? 'late-1');
  for (const index of [3, 4, 5]) {
    newBest.script.holds.add(index);
    expectSuccess(await newBest.client.ask(announceBlock(newBest.id, index)), 'success for an announcement');
  }
  await untilRound(
    peer,
    (round) => hasServed(round, [newBest.id]),
    'a block for the peer that now has most wanted blocks',
  );
  expectServed(await askRounds(peer, 3), [newBest.id]);
}

export const recomputedCases = [
  peerCase(
    'peer.choking.recomputed/new-best',
    'Four peers have two wanted blocks each, then a choked one announces three: the subject serves it within two intervals.',
    expectNewBestServed,
    {
      // The subject asks no peer again for its blocks, so the announcements must count.
      setup: () => ({
        ...refusingSwarm(bestFourAnd([2, 6], Object.fromEntries(withoutBlocks.map((id) => [id, []])))),
        longInfos: true,
      }),
      needs: [keyCases.grants.peer, 'peer.announce.counts-holder/asked-for-it'],
    },
  ),

  peerCase(
    'peer.choking.recomputed/alone-at-first',
    'The first lists of the tracker are empty for more than an interval, then a list has one peer: the subject serves it.',
    async (peer) => {
      await untilSettled(peer);
      await untilRound(peer, (round) => hasServed(round, ['ana']), 'a block for the only known peer');
    },
    { setup: listedLate, needs: [keyCases.downloadsAlone, keyCases.asksForPeers, keyCases.grants.peer] },
  ),
];
