import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Program } from '../../launch/process/program.ts';
import { countedActions } from '../../schemas/actions.ts';
import type { MessageCounter, RequestCounts } from '../../bench/relay/message-counter.ts';

/** What a program of the reference says, with `--log json`, that it sent and received: requests by action. */
interface OwnCounters {
  readonly event: string;
  readonly sent: Partial<RequestCounts>;
  readonly received: Partial<RequestCounts>;
}

type CountingProgram = Pick<Program, 'stdout'>;

/** The reference, telling what it counts. Its peers stay: a request on its way to one that leaves is counted by nobody. */
export function withCounterLog({ manifest, ...reference }: Implementation): Implementation {
  const { tracker, peer } = manifest;
  if (!tracker || !peer) throw new Error('The reference has both roles.');
  return {
    ...reference,
    manifest: {
      ...manifest,
      tracker: { ...tracker, command: [...tracker.command, '--log', 'json'] },
      peer: { ...peer, command: [...peer.command, '--log', 'json', '--stay'], onComplete: 'stay' },
    },
  };
}

/**
 * Where the relay counted something else than the programs themselves: one sentence per action and direction, none where
 * all are equal.
 */
export function countsThatDiffer(
  counter: MessageCounter,
  tracker: CountingProgram,
  peers: readonly CountingProgram[],
): string[] {
  const ofPeers = peers.flatMap((peer, number) => {
    const { sent, received } = ownCounters(peer);
    const seen = added(counter.sent(number, 'peers'), counter.sent(number, 'tracker'));
    return [
      ...differences(`peer ${number + 1} sent`, seen, sent),
      ...differences(`peer ${number + 1} received`, counter.received(number), received),
    ];
  });
  const atTracker = peers.map((_peer, number) => counter.sent(number, 'tracker')).reduce(added);
  return [...ofPeers, ...differences('the tracker received', atTracker, ownCounters(tracker).received)];
}

function ownCounters(program: CountingProgram): OwnCounters {
  const last = program.stdout().trim().split('\n').at(-1) ?? '';
  const event = JSON.parse(last) as OwnCounters;
  if (event.event !== 'counters') throw new Error(`The last line is not its counters: ${last}`);
  return event;
}

function differences(what: string, seen: RequestCounts, own: Partial<RequestCounts>): string[] {
  return countedActions
    .filter((action) => seen[action] !== (own[action] ?? 0))
    .map((action) => `${what} ${action}: ${seen[action]} by the relay, ${own[action] ?? 0} by its own count`);
}

function added(a: RequestCounts, b: RequestCounts): RequestCounts {
  return Object.fromEntries(countedActions.map((action) => [action, a[action] + b[action]])) as RequestCounts;
}
