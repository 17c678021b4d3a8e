import { swarmDeadlineMs } from '../../bench/swarm/swarm-deadline.ts';
import { LocalLauncher } from '../../bench/swarm/local-launcher.ts';
import type { SharedFile } from '../../bench/swarm/shared-file.ts';
import { runSwarm } from '../../bench/swarm/run-swarm.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import { actualTiming, type Intervals } from '../../launch/manifest/timing.ts';
import type { BenchmarkSample, InteropSwarm } from '../../schemas/types.ts';
import { KnownBlocks } from './known-blocks.ts';
import { SwarmObserver } from './swarm-observer.ts';
import type { PlannedSwarm } from './plan-swarms.ts';
import { assignBlame } from './assign-blame.ts';
import { speaksWithinMs } from '../time-limits.ts';

/** The settings that all swarms have in common. */
export interface InteropSettings {
  readonly session: Session;
  readonly implementations: readonly Implementation[];
  readonly files: Readonly<Record<PlannedSwarm['file'], SharedFile>>;
  readonly blocks: number;
  readonly interrupt: AbortSignal;
}

/** With a pause after each block, so that peers that start late on a busy machine still meet the others. */
export const interopIntervals: Intervals = { unchokeMs: 300, infoMs: 450, peersMs: 90, paceMs: 150 };

/** Runs one swarm under observation, at most for as long as its slowest peer may take. */
export async function runObservedSwarm(settings: InteropSettings, swarm: PlannedSwarm): Promise<InteropSwarm> {
  const { session, implementations, blocks, interrupt } = settings;
  const of = (number: number): Implementation => implementations[number] as Implementation;
  const file = settings.files[swarm.file];
  const peers = swarm.peers.map(of);
  const work = { peers: peers.length, blocks, fileBytes: file.bytes.length };
  const deadlines = peers.map((peer) => swarmDeadlineMs(actualTiming(peer, interopIntervals), work));
  const patienceMs = Math.max(...peers.map((peer) => speaksWithinMs(actualTiming(peer, interopIntervals))));
  const knownBlocks = new KnownBlocks(file.bytes, blocks);
  const observer = new SwarmObserver({ file: knownBlocks, blocks, patienceMs, interrupt });
  const sample = await runSwarm(
    new LocalLauncher(session),
    {
      tracker: of(swarm.tracker),
      peers,
      runKind: 'counting',
      blocks,
      file,
      intervals: interopIntervals,
      window: 1,
      deadlineMs: Math.max(...deadlines),
    },
    interrupt,
    { listener: observer },
  );
  const wasStopped = sample.peers.some(({ outcome }) => outcome === 'stopped');
  const failure = wasStopped && !observer.breach ? undefined : assignBlame(swarm, sample, observer);
  return {
    kind: swarm.kind,
    tracker: swarm.tracker,
    ...(swarm.other !== undefined && { other: swarm.other }),
    file: { kind: swarm.file, sizeBytes: file.bytes.length, sha256: file.sha256 },
    startedAt: sample.startedAt,
    durationMs: sample.durationMs,
    state: failure ? 'failed' : wasStopped ? 'stopped' : 'ok',
    peers: peersOf(swarm, sample),
    ...(failure && { failure }),
    ...(sample.countsUnavailable !== undefined && { unseen: sample.countsUnavailable }),
  };
}

function peersOf(swarm: PlannedSwarm, sample: BenchmarkSample): InteropSwarm['peers'] {
  return sample.peers.map(({ peerId, outcome, detail, exit, stderrTail, stdoutTail }, number) => ({
    implementation: swarm.peers[number] ?? 0,
    peerId,
    outcome,
    ...(detail !== undefined && { detail }),
    exit,
    ...(stderrTail !== undefined && { stderrTail }),
    ...(stdoutTail !== undefined && { stdoutTail }),
  }));
}
