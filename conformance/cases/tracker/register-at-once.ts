import pLimit from 'p-limit';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { answersUnderLoadWithinMs } from '../../time-limits.ts';
import { Violation } from '../../violation.ts';
import { expectPeerIds, expectPeers, expectSuccess, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerOffline } from '../../wire/requests.ts';
import { trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';

/** How many connections at a time: a server with few threads and a short queue takes these, too. */
const connectionsAtOnce = 20;

const patiently = { timeoutMs: answersUnderLoadWithinMs };

/** Ids long enough that a list of a thousand does not fit into 64 KiB. */
const longIds = (size: number): string[] =>
  Array.from({ length: size }, (_, n) => `member-of-a-crowd-${String(n + 1).padStart(4, '0')}`);

/** Registers all of them, twenty at a time; throws a violation unless all registrations succeed. */
async function registerAtOnce(tracker: TrackerStage, ids: readonly string[]): Promise<void> {
  const limit = pLimit(connectionsAtOnce);
  await Promise.all(
    ids.map((id, n) =>
      limit(async () => {
        expectSuccess(await tracker.register(id, 20_000 + n, patiently), `success for the registration of ${show(id)}`);
      }),
    ),
  );
}

/** Registers one more peer; throws a violation unless its list has exactly these and the suite's own peer. */
async function expectListed(tracker: TrackerStage, ids: readonly string[]): Promise<void> {
  const id = 'witness';
  const listed = expectPeerIds(await tracker.register(id, 19_999)).filter((one) => one !== id);
  const different = new Set(listed);
  const missing = ids.filter((one) => !different.has(one));
  if (missing.length > 0 || listed.length !== ids.length + 1) {
    throw new Violation(
      `each of the ${ids.length + 1} other peers, once`,
      `${listed.length} entries for ${different.size} peers; missing: ${show(missing)}`,
    );
  }
}

export const registerAtOnceCases = [
  trackerCase(
    'tracker.register.lists-others/twenty-at-once',
    'Twenty peers register at once, then one more: its list has all of them, each once.',
    async (tracker) => {
      const ids = longIds(connectionsAtOnce);
      await registerAtOnce(tracker, ids);
      await expectListed(tracker, ids);
    },
    { needs: [keyCases.listsOthers], sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.register.lists-others/a-thousand',
    'A thousand peers register, twenty at a time, then one more: its list has all of them, each once.',
    async (tracker) => {
      const ids = longIds(1_000);
      await registerAtOnce(tracker, ids);
      await expectListed(tracker, ids);
    },
    { needs: ['tracker.register.lists-others/twenty-at-once', 'tracker.register.lists-others/all-of-twelve'] },
  ),

  trackerCase(
    'tracker.register.lists-others/goodbyes-at-once',
    'Ten peers say goodbye while ten others register, all at once: the tracker lists those that have registered.',
    async (tracker) => {
      const [leaving, staying] = [longIds(10).map((id) => `leaving-${id}`), longIds(10)];
      await registerAtOnce(tracker, leaving);
      await Promise.all([
        ...leaving.map((id) => tracker.client.ask(peerOffline(id, id), patiently)),
        registerAtOnce(tracker, staying),
      ]);
      const listed = new Set(tracker.othersIn(await tracker.register('witness', 19_999), 'witness'));
      const missing = [...staying, tracker.known].filter((id) => !listed.has(id));
      if (missing.length > 0)
        throw new Violation('each peer that is registered on the list', `none of ${show(missing)}`);
    },
    { needs: ['tracker.register.lists-others/twenty-at-once', 'tracker.offline.removes/itself'], sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.register.replaces/twenty-times-at-once',
    'A peer registers over twenty connections at once, each with another port: the tracker lists it once, at one of these ports.',
    async (tracker) => {
      const ports = Array.from({ length: connectionsAtOnce }, (_, n) => 20_000 + n);
      const answers = await Promise.all(ports.map((port) => tracker.register('ana', port, patiently)));
      for (const answer of answers) expectSuccess(answer, 'success for each of twenty registrations of ana');
      const listed = expectPeers(await tracker.register('bia', 20_100))
        .filter((entry) => field(entry, 'peer_id') === 'ana')
        .map((entry) => field(entry, 'port'));
      if (listed.length !== 1 || !ports.some((port) => port === listed[0])) {
        throw new Violation('one entry for ana, at a port that it has registered', show(listed));
      }
    },
    { needs: ['tracker.register.replaces/new-port'], sharedBy: 'requests' },
  ),
];
