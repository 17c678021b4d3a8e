import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Program } from '../../launch/process/program.ts';
import { countedActions } from '../../schemas/actions.ts';
import type { MessageCounter, RequestCounts } from '../../bench/relay/message-counter.ts';

/** The requests that a program of the reference sent and received, by action, as it logs them with `--log json`. */
interface OwnCounters {
  readonly event: string;
  readonly sent: Partial<RequestCounts>;
  readonly received: Partial<RequestCounts>;
}

type CountingProgram = Pick<Program, 'stdout'>;

/** The reference with its counters in its log. Its peers stay, because a request to a peer that has left is counted only by its sender. */
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
 * Where the relay's counts and the programs' own counts differ: one sentence per action and direction; empty if all agree.
 */
export function counterDifferences(
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
  if (event.event !== 'counters') throw new Error(`The last line of the log does not contain the counters: ${last}`);
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
