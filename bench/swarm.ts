import type { Implementation } from '../impl/launch/manifest.ts';
import { ProgramTrouble, type Program } from '../impl/launch/program.ts';
import type { Run } from '../impl/launch/run.ts';
import type { Intervals } from '../impl/launch/timing.ts';
import type { BenchmarkSample } from '../schemas/types.ts';
import { checkMemory } from './capacity.ts';
import { CountingPass } from './counting-pass.ts';
import type { Pass } from './pass.ts';
import { PeerRun } from './peer-run.ts';
import type { LinkShape } from './relay/line-schedule.ts';
import type { Onlooker } from './relay/tap.ts';
import type { SharedFile } from './shared-file.ts';
import { peerName, startPeers } from './start-peers.ts';
import { orTrouble } from './start-trouble.ts';
import { TimingPass } from './timing-pass.ts';
import { until } from './until.ts';

/** One tracker and some peers, which may be of different implementations. */
export interface Swarm {
  readonly tracker: Implementation;
  /** One entry per peer. */
  readonly peers: readonly Implementation[];
  readonly pass: Pass['name'];
  /** What a counting pass makes of every connection; without it, everything is handed on at once. */
  readonly links?: LinkShape;
  readonly blocks: number;
  readonly file: SharedFile;
  readonly intervals: Intervals;
  readonly window: number;
  /** From the start of the last peer. */
  readonly deadlineMs: number;
}

/** Somebody who looks on while a swarm runs. */
export interface SwarmOnlooker extends Onlooker {
  /** From now on the harness stops the programs: what happens is not of their own accord any more. */
  stopping(): void;
  /** Asked again and again while peers are unfinished: true ends the swarm before its deadline. */
  isHopeless(): boolean;
}

type Measured = Omit<BenchmarkSample, 'pass' | 'startedAt' | 'durationMs'>;

const trackerDeadlineMs = 20_000;
/** A complete peer still announces its last block: a swarm is over when nothing was said for this long. */
const quietMs = 300;
const quietDeadlineMs = 5_000;

/**
 * Runs one swarm of real processes, started together, and measures it. Programs that fail give rows that say so.
 * @param interrupt ends it early, where the run is closed then: what was measured by then is returned
 * @param onlooker is told all that passes on the wire in a counting pass
 */
export async function runSwarm(
  run: Run,
  swarm: Swarm,
  interrupt: AbortSignal,
  onlooker?: SwarmOnlooker,
): Promise<BenchmarkSample> {
  const startedAt = new Date().toISOString();
  const startedAtMs = performance.now();
  const tracker = await startTracker(run, swarm, interrupt);
  const measured =
    tracker instanceof ProgramTrouble
      ? noPeers(swarm, tracker, interrupt.aborted)
      : await measure(run, swarm, tracker, interrupt, onlooker);
  return { pass: swarm.pass, startedAt, durationMs: performance.now() - startedAtMs, ...measured };
}

async function startTracker(
  run: Run,
  { tracker, blocks, file, intervals }: Swarm,
  interrupt: AbortSignal,
): Promise<Program | ProgramTrouble> {
  return orTrouble(interrupt, async () => {
    const program = await run.launch(tracker, 'tracker', { blocks, file: file.bytes, intervals });
    try {
      await program.untilListening(trackerDeadlineMs);
      return program;
    } catch (error) {
      await program.stop();
      throw error;
    }
  });
}

function noPeers(swarm: Swarm, trouble: ProgramTrouble, interrupted: boolean): Measured {
  const none = new ProgramTrouble('cannot-start', 'It was not started, because the tracker did not start.');
  const peers = swarm.peers.map((_peer, number) => {
    return new PeerRun(peerName(number), none, swarm.file).row(undefined, interrupted);
  });
  return interrupted ? { peers } : { peers, trackerTrouble: `${trouble.message}\n${trouble.stderr}`.trim() };
}

async function measure(
  run: Run,
  swarm: Swarm,
  tracker: Program,
  interrupt: AbortSignal,
  onlooker: SwarmOnlooker | undefined,
): Promise<Measured> {
  const pass = passOver(swarm, tracker, onlooker);
  let peers: PeerRun[] = [];
  try {
    checkMemory(swarm.peers.length, tracker.pid);
    peers = await startPeers(run, swarm, pass, interrupt);
    await until(
      () => peers.every((peer) => peer.isSettled) || onlooker?.isHopeless() === true,
      swarm.deadlineMs,
      interrupt,
      async () => {
        for (const peer of peers) await peer.look();
      },
    );
    const trackerTrouble =
      tracker.exit && `The tracker ended before all peers had the file.\n${tracker.stderr()}`.trim();
    await until(() => isOver(swarm, peers, pass), quietDeadlineMs, interrupt);
    for (const peer of peers) await peer.lookFinally();
    const used = tracker.resources();
    return {
      ...results(peers, pass, interrupt.aborted),
      ...(used && { tracker: used }),
      ...(trackerTrouble && { trackerTrouble }),
    };
  } finally {
    onlooker?.stopping();
    // What stands between them stays for their goodbyes, and the tracker that hears them.
    await Promise.all(peers.map(async (peer) => peer.program?.stop()));
    await tracker.stop();
    await pass.close();
  }
}

function passOver({ pass, blocks, file, links }: Swarm, tracker: Program, onlooker: SwarmOnlooker | undefined): Pass {
  return pass === 'timing'
    ? new TimingPass(tracker)
    : new CountingPass(tracker, { blocks, fileBytes: file.bytes.length }, links, onlooker);
}

/** A peer that leaves by itself is given the time to; one that stays is done when nothing is said any more. */
function isOver(swarm: Swarm, peers: readonly PeerRun[], pass: Pass): boolean {
  const isQuiet = pass.quietForMs() > quietMs;
  return peers.every((peer, number) => {
    const leaves = swarm.peers[number]?.manifest.peer?.onComplete === 'exit';
    return peer.hasEnded || peer.completeAtMs === undefined || (isQuiet && !leaves);
  });
}

function results(peers: readonly PeerRun[], pass: Pass, interrupted: boolean): Measured {
  const complete = [...peers.keys()].filter((number) => peers[number]?.completeAtMs !== undefined);
  const counts = pass.counts(complete);
  const counted = 'peers' in counts ? counts : undefined;
  const rows = peers.map((peer, number) => {
    return { ...peer.row(pass.registeredAtMs(number), interrupted), ...counted?.peers[number] };
  });
  return {
    ...times(peers, pass),
    peers: rows,
    ...counted?.swarm,
    ...('unavailable' in counts && counts.unavailable !== undefined && { countsUnavailable: counts.unavailable }),
  };
}

function times(peers: readonly PeerRun[], pass: Pass): Pick<BenchmarkSample, 'startUpMs' | 'windowMs'> {
  const firstRequestAtMs = pass.firstRequestAtMs();
  if (firstRequestAtMs === undefined) return {};
  const startedAtMs = Math.min(...peers.flatMap(({ program }) => program?.startedAtMs ?? []));
  const completeAtMs = Math.max(...peers.map((peer) => peer.completeAtMs ?? Infinity));
  return {
    startUpMs: Math.max(0, firstRequestAtMs - startedAtMs),
    ...(completeAtMs < Infinity && { windowMs: Math.max(0, completeAtMs - firstRequestAtMs) }),
  };
}
