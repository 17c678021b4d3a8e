import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Program } from '../../launch/process/program.ts';
import { actions } from '../../bench/relay/actions.ts';
import type { ActionCounts, Traffic } from '../../bench/relay/traffic.ts';

/** What a program of the reference says, with `--log json`, that it sent and received: requests by action. */
interface OwnCounters {
  readonly event: string;
  readonly sent: Partial<ActionCounts>;
  readonly received: Partial<ActionCounts>;
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
  traffic: Traffic,
  tracker: CountingProgram,
  peers: readonly CountingProgram[],
): string[] {
  const ofPeers = peers.flatMap((peer, number) => {
    const { sent, received } = ownCounters(peer);
    const seen = added(traffic.sent(number, 'peers'), traffic.sent(number, 'tracker'));
    return [
      ...differences(`peer ${number + 1} sent`, seen, sent),
      ...differences(`peer ${number + 1} received`, traffic.received(number), received),
    ];
  });
  const atTracker = peers.map((_peer, number) => traffic.sent(number, 'tracker')).reduce(added);
  return [...ofPeers, ...differences('the tracker received', atTracker, ownCounters(tracker).received)];
}

function ownCounters(program: CountingProgram): OwnCounters {
  const last = program.stdout().trim().split('\n').at(-1) ?? '';
  const event = JSON.parse(last) as OwnCounters;
  if (event.event !== 'counters') throw new Error(`The last line is not its counters: ${last}`);
  return event;
}

function differences(what: string, seen: ActionCounts, own: Partial<ActionCounts>): string[] {
  return [...actions, 'other' as const]
    .filter((action) => seen[action] !== (own[action] ?? 0))
    .map((action) => `${what} ${action}: ${seen[action]} by the relay, ${own[action] ?? 0} by its own count`);
}

function added(a: ActionCounts, b: ActionCounts): ActionCounts {
  return Object.fromEntries(
    [...actions, 'other' as const].map((action) => [action, a[action] + b[action]]),
  ) as ActionCounts;
}
