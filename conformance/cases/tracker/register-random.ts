import fc from 'fast-check';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { expectEqual, expectPeers, expectSuccess } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerOffline } from '../../wire/requests.ts';
import { trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { tryRandomInputs } from '../random-inputs.ts';

/** A step of a random sequence. There are so few peers that get_peers gives all of them. */
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

/** Sends the steps to the tracker and applies them to a model of it, a map from peers to ports; compares every list. */
async function expectAsModel(tracker: TrackerStage, steps: readonly Step[], model: Map<string, number>): Promise<void> {
  for (const { action, ...step } of steps) {
    const others = (): string[] => [...model].filter(([id]) => id !== step.peer).map(([id, port]) => `${id}:${port}`);
    if (action === 'register') {
      const answer = await tracker.register(step.peer, 'port' in step ? step.port : 1);
      model.set(step.peer, 'port' in step ? step.port : 1);
      expectEqual(
        entries(expectPeers(answer), step.peer),
        others().sort(),
        `the list in the answer to the registration of ${step.peer} to be`,
      );
    } else if (action === 'get_peers' && model.has(step.peer)) {
      const answer = await tracker.getPeers(step.peer);
      expectEqual(
        entries(expectPeers(answer), step.peer),
        others().sort(),
        `the list in the answer to get_peers of ${step.peer} to be`,
      );
    } else if (action === 'peer_offline' && model.has(step.peer)) {
      expectSuccess(
        await tracker.client.ask(peerOffline(step.peer, step.peer)),
        `success for the goodbye of ${step.peer}`,
      );
      model.delete(step.peer);
    }
  }
}

/** The other peers of a list as `id:port`, sorted. The requester itself and duplicates are for clauses of their own. */
function entries(peers: readonly Parameters<typeof field>[0][], requester: string): string[] {
  const others = peers.filter((entry) => field(entry, 'peer_id') !== requester);
  const texts = others.map((entry) => `${String(field(entry, 'peer_id'))}:${String(field(entry, 'port'))}`);
  return [...new Set(texts)].sort();
}

export const registerRandomCases = [
  trackerCase(
    'tracker.register.lists-others/random-stories',
    'Four peers register, ask for peers and leave in random order: each list is that of a model of the tracker.',
    async (tracker) => {
      await tryRandomInputs(tracker.context, fc.array(step, { maxLength: 12 }), async (steps) => {
        const model = new Map<string, number>();
        try {
          await expectAsModel(tracker, steps, model);
        } finally {
          for (const id of ['ana', 'bia', 'caio', 'davi']) await tracker.client.ask(peerOffline(id, id));
        }
      });
    },
    {
      setup: () => ({ startOnly: true }),
      needs: [
        keyCases.listsOthers,
        'tracker.register.replaces/new-port',
        'tracker.get-peers.all-when-few/three-others',
        'tracker.offline.removes/itself',
      ],
    },
  ),
];
