import type { ActionCounts, BenchmarkSample, ComparedSwarm } from '../../schemas/types.ts';

/**
 * One swarm in a comparison.
 * @param counting whether its requests are to be compared
 */
export function swarmOutcome(sample: BenchmarkSample, counting: boolean): ComparedSwarm {
  const failures = failuresOf(sample);
  const windowMs = failures.length === 0 ? windowOf(sample) : undefined;
  const requests = counting ? requestsOf(sample) : undefined;
  const { countsUnavailable, stealPercent, wantedCpuPercent } = sample;
  return {
    ...(windowMs !== undefined && windowMs > 0 && { windowMs }),
    failures,
    ...(requests && { requests }),
    ...(counting && countsUnavailable !== undefined && { countsUnavailable }),
    ...(stealPercent !== undefined && { stealPercent }),
    ...(wantedCpuPercent !== undefined && { wantedCpuPercent }),
  };
}

function failuresOf({ peers, trackerTrouble }: BenchmarkSample): string[] {
  const failures = peers.flatMap(({ peerId, outcome, detail = outcome }) =>
    outcome === 'complete' ? [] : [`${peerId}: ${detail}`],
  );
  if (failures.length > 0 && trackerTrouble !== undefined) failures.unshift(`tracker: ${trackerTrouble}`);
  return failures;
}

/** If the sample has no window: until the last peer was complete. */
function windowOf({ windowMs, peers }: BenchmarkSample): number {
  return windowMs ?? Math.max(...peers.map(({ startToCompleteMs = 0 }) => startToCompleteMs));
}

/** The requests of all peers together, to each other and to the tracker; undefined if those of one are unknown. */
function requestsOf({ peers }: BenchmarkSample): ActionCounts | undefined {
  let all: ActionCounts | undefined;
  for (const { messages } of peers) {
    if (messages === undefined) return undefined;
    for (const counts of [messages.sentToPeers, messages.sentToTracker]) all = all ? sum(all, counts) : counts;
  }
  return all;
}

function sum(one: ActionCounts, other: ActionCounts): ActionCounts {
  const both = { ...one };
  for (const action of Object.keys(one) as (keyof ActionCounts)[]) both[action] += other[action];
  return both;
}
