import type { ProgramError } from '../../launch/process/program-error.ts';
import type { ProgramOutput } from '../../launch/process/program-output.ts';
import type { BenchmarkSample } from '../../schemas/types.ts';
import type { MeasuredRun } from '../measurement/measured-run.ts';
import type { MeasuredPeer } from './measured-peer.ts';

/** What a sample says about the programs of a swarm. */
export type MeasuredSwarm = Omit<
  BenchmarkSample,
  'pass' | 'startedAt' | 'durationMs' | 'stealPercent' | 'wantedCpuPercent'
>;

/** The figures of all peers, and of the swarm as far as they are known. */
export function measuredSwarm(peers: readonly MeasuredPeer[], run: MeasuredRun, interrupted: boolean): MeasuredSwarm {
  const complete = [...peers.keys()].filter((number) => peers[number]?.completeAtMs !== undefined);
  const counts = run.counts(complete);
  const counted = 'peers' in counts ? counts : undefined;
  const rows = peers.map((peer, number) => {
    return { ...peer.row(run.registeredAtMs(number), interrupted), ...counted?.peers[number] };
  });
  return {
    ...times(peers, run),
    peers: rows,
    ...counted?.swarm,
    ...('unavailable' in counts && counts.unavailable !== undefined && { countsUnavailable: counts.unavailable }),
  };
}

/** The rows of a swarm whose tracker did not start. @param peers none of which was started */
export function swarmWithoutTracker(
  peers: readonly MeasuredPeer[],
  trouble: ProgramError,
  interrupted: boolean,
): MeasuredSwarm {
  const rows = peers.map((peer) => peer.row(undefined, interrupted));
  return interrupted
    ? { peers: rows }
    : { peers: rows, trackerTrouble: printedTrouble(trouble.message, trouble.output) };
}

/** What went wrong with a program, and below it what the program printed on both streams. */
export function printedTrouble(what: string, { stderr, stdout }: ProgramOutput): string {
  return [what, stderr, stdout]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n');
}

function times(peers: readonly MeasuredPeer[], run: MeasuredRun): Pick<BenchmarkSample, 'startUpMs' | 'windowMs'> {
  const firstRequestAtMs = run.firstRequestAtMs();
  if (firstRequestAtMs === undefined) return {};
  const startedAtMs = Math.min(...peers.flatMap(({ program }) => program?.startedAtMs ?? []));
  const completeAtMs = Math.max(...peers.map((peer) => peer.completeAtMs ?? Infinity));
  return {
    startUpMs: Math.max(0, firstRequestAtMs - startedAtMs),
    ...(completeAtMs < Infinity && { windowMs: Math.max(0, completeAtMs - firstRequestAtMs) }),
  };
}
