import pLimit from 'p-limit';
import { trackerCase } from '../case.ts';
import { expectPeerIds, expectPeers, expectSuccess, show } from '../../wire/expect.ts';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import { answersUnderLoadWithinMs } from '../../time-limits.ts';

const listsOthers = 'tracker.register.lists-others/three-others';
const atOnce = 'tracker.register.lists-others/twenty-at-once';

/** As many connections as any server bears at a time, be it with few threads and a short queue. */
const CONNECTIONS = 20;

const timeout = { timeoutMs: answersUnderLoadWithinMs };

/** Names so long that a list of a thousand does not fit into 64 KiB. */
const crowd = (size: number): string[] =>
  Array.from({ length: size }, (_, n) => `member-of-a-crowd-${String(n + 1).padStart(4, '0')}`);

/** Registers all of them, twenty at a time; each has had its success when this resolves. */
async function registerAtOnce(tracker: TrackerStage, ids: readonly string[]): Promise<void> {
  const limit = pLimit(CONNECTIONS);
  await Promise.all(
    ids.map((id, n) =>
      limit(async () => {
        expectSuccess(await tracker.register(id, 20_000 + n, timeout), `success for the registration of ${show(id)}`);
      }),
    ),
  );
}

/** One more peer registers and is given exactly these, besides the suite. */
async function expectListed(tracker: TrackerStage, ids: readonly string[]): Promise<void> {
  const listed = expectPeerIds(await tracker.register('witness', 19_999));
  const different = new Set(listed);
  const missing = ids.filter((id) => !different.has(id));
  if (missing.length > 0 || listed.length !== ids.length + 1) {
    throw new Violation(
      `each of the ${ids.length + 1} other peers, once`,
      `${listed.length} entries for ${different.size} peers; without ${show(missing)}`,
    );
  }
}

export const trackerCrowdCases = [
  trackerCase(
    atOnce,
    'Twenty peers register at once, then one more: it is given all of them, each once.',
    async (tracker) => {
      const ids = crowd(CONNECTIONS);
      await registerAtOnce(tracker, ids);
      await expectListed(tracker, ids);
    },
    { needs: [listsOthers] },
  ),

  trackerCase(
    'tracker.register.lists-others/a-thousand',
    'A thousand peers register, twenty at a time, then one more: it is given all of them, each once.',
    async (tracker) => {
      const ids = crowd(1_000);
      await registerAtOnce(tracker, ids);
      await expectListed(tracker, ids);
    },
    { needs: [atOnce, 'tracker.register.lists-others/all-of-twelve'] },
  ),

  trackerCase(
    'tracker.register.replaces/twenty-times-at-once',
    'A peer registers over twenty connections at once, with a port each: it is listed once, at one of these ports.',
    async (tracker) => {
      const ports = Array.from({ length: CONNECTIONS }, (_, n) => 20_000 + n);
      const answers = await Promise.all(ports.map((port) => tracker.register('ana', port, timeout)));
      for (const answer of answers) expectSuccess(answer, 'success for each of twenty registrations of ana');
      const listed = expectPeers(await tracker.register('bia', 20_100))
        .filter((entry) => field(entry, 'peer_id') === 'ana')
        .map((entry) => field(entry, 'port'));
      if (listed.length !== 1 || !ports.some((port) => port === listed[0])) {
        throw new Violation('one entry for ana, at a port that it has registered', show(listed));
      }
    },
    { needs: ['tracker.register.replaces/new-port'] },
  ),
];
