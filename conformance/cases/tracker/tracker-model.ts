import fc from 'fast-check';
import { trackerCase } from '../case.ts';
import { expectEqual, expectPeers, expectSuccess } from '../../wire/expect.ts';
import { tryRandomInputs } from '../wire/random-cases.ts';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { field } from '../../wire/message.ts';
import { peerOffline } from '../../wire/requests.ts';

/** A step of a random story of the swarm; few peers, so that get_peers gives all of them. */
type Step =
  | { readonly action: 'register'; readonly peer: string; readonly port: number }
  | { readonly action: 'get_peers'; readonly peer: string }
  | { readonly action: 'peer_offline'; readonly peer: string };

const peer = fc.constantFrom('ana', 'bia', 'caio', 'davi');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ action: fc.constant('register' as const), peer, port: fc.integer({ min: 1, max: 65_535 }) }),
  fc.record({ action: fc.constant('get_peers' as const), peer }),
  fc.record({ action: fc.constant('peer_offline' as const), peer }),
);

/** Plays a story on the tracker and on a model of it, which is a map from peers to ports, and compares every list. */
async function play(tracker: TrackerStage, story: readonly Step[], model: Map<string, number>): Promise<void> {
  for (const { action, ...step } of story) {
    const others = (): string[] => [...model].filter(([id]) => id !== step.peer).map(([id, port]) => `${id}:${port}`);
    if (action === 'register') {
      const answer = await tracker.register(step.peer, 'port' in step ? step.port : 1);
      model.set(step.peer, 'port' in step ? step.port : 1);
      expectEqual(entries(expectPeers(answer)), others().sort(), `a registration of ${step.peer} that lists`);
    } else if (action === 'get_peers' && model.has(step.peer)) {
      const answer = await tracker.getPeers(step.peer);
      expectEqual(entries(expectPeers(answer)), others().sort(), `a get_peers of ${step.peer} that lists`);
    } else if (action === 'peer_offline' && model.has(step.peer)) {
      expectSuccess(
        await tracker.client.ask(peerOffline(step.peer, step.peer)),
        `success for the goodbye of ${step.peer}`,
      );
      model.delete(step.peer);
    }
  }
}

function entries(peers: readonly Parameters<typeof field>[0][]): string[] {
  return peers.map((entry) => `${String(field(entry, 'peer_id'))}:${String(field(entry, 'port'))}`).sort();
}

export const trackerModelCases = [
  trackerCase(
    'tracker.register.lists-others/random-stories',
    'Four peers register, ask for peers and leave in random order: every list is what a model of the tracker says.',
    async (tracker) => {
      await tryRandomInputs(tracker.context.random, fc.array(step, { maxLength: 12 }), async (story) => {
        const model = new Map<string, number>();
        try {
          await play(tracker, story, model);
        } finally {
          for (const id of ['ana', 'bia', 'caio', 'davi']) await tracker.client.ask(peerOffline(id, id));
        }
      });
    },
    {
      setup: () => ({ startOnly: true }),
      needs: [
        'tracker.register.lists-others/three-others',
        'tracker.register.replaces/new-port',
        'tracker.get-peers.all-when-few/three-others',
        'tracker.offline.removes/itself',
      ],
    },
  ),
];
