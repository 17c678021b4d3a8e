import type { Program } from '../../launch/process/program.ts';
import { ProgramError } from '../../launch/process/program-error.ts';
import type { BenchmarkSample } from '../../schemas/types.ts';
import { checkMemory } from './capacity.ts';
import { CountingRun } from '../measurement/counting-run.ts';
import { peerName, type Launcher } from './launcher.ts';
import { MachineWatch } from '../measurement/machine-watch.ts';
import type { MeasuredRun } from '../measurement/measurement.ts';
import { PeerRun } from './peer-run.ts';
import { startPeers } from './start-peers.ts';
import { orTrouble } from './start-trouble.ts';
import type { Audience, Swarm, SwarmOnlooker, SwarmProgress } from './swarm.ts';
import { TimingRun } from '../measurement/timing-run.ts';
import { until } from './until.ts';

type Measured = Omit<BenchmarkSample, 'pass' | 'startedAt' | 'durationMs' | 'stealPercent' | 'wantedCpuPercent'>;

const trackerDeadlineMs = 20_000;
/** A complete peer still announces its last block: a swarm is over when nothing was said for this long. */
const quietMs = 300;
const quietDeadlineMs = 5_000;
/** Between two requests that the relay sees, on connections of their own: the answer to one comes, the other is opened. */
const unseenWays = 4;

/**
 * Runs one swarm of real processes and measures it. Programs that fail give rows that say so.
 * @param interrupt ends it early, where the run is closed then: what was measured by then is returned
 */
export async function runSwarm(
  launcher: Launcher,
  swarm: Swarm,
  interrupt: AbortSignal,
  audience: Audience = {},
): Promise<BenchmarkSample> {
  const startedAt = new Date().toISOString();
  const startedAtMs = performance.now();
  const machine = new MachineWatch();
  try {
    const tracker = await startTracker(launcher, swarm, interrupt);
    const measured =
      tracker instanceof ProgramError
        ? noPeers(swarm, tracker, interrupt.aborted)
        : await measure(launcher, swarm, tracker, interrupt, audience);
    const durationMs = performance.now() - startedAtMs;
    return { pass: swarm.pass, startedAt, durationMs, ...machine.cpuSoFar(), ...measured };
  } finally {
    launcher.close();
  }
}

async function startTracker(
  launcher: Launcher,
  { tracker, peers, blocks, file, intervals }: Swarm,
  interrupt: AbortSignal,
): Promise<Program | ProgramError> {
  return orTrouble(interrupt, async () => {
    const place = { rank: 0, size: peers.length + 1 };
    const program = await launcher.start(tracker, [place], { blocks, file: file.bytes, intervals });
    try {
      await program.untilListening(trackerDeadlineMs);
      return program;
    } catch (error) {
      await program.stop();
      throw error;
    }
  });
}

function noPeers(swarm: Swarm, trouble: ProgramError, interrupted: boolean): Measured {
  const none = new ProgramError('cannot-start', 'It was not started, because the tracker did not start.');
  const peers = swarm.peers.map((_peer, number) => {
    return new PeerRun({ peerId: peerName(number + 1), started: none, original: swarm.file }).row(
      undefined,
      interrupted,
    );
  });
  return interrupted ? { peers } : { peers, trackerTrouble: `${trouble.message}\n${trouble.stderr}`.trim() };
}

async function measure(
  launcher: Launcher,
  swarm: Swarm,
  tracker: Program,
  interrupt: AbortSignal,
  { onlooker, onProgress }: Audience,
): Promise<Measured> {
  const run = passOver(swarm, tracker, onlooker);
  let peers: readonly PeerRun[] = [];
  const tell = (): void => onProgress?.(progressOf(swarm, peers, run));
  try {
    checkMemory(
      { peers: swarm.memoryForPeers ?? swarm.peers.length, peersPerProcess: swarm.peersPerProcess ?? 1 },
      tracker.pid,
    );
    peers = await startPeers(launcher, swarm, run, interrupt, (started) => {
      peers = started;
      tell();
    });
    await until(
      () => peers.every((peer) => peer.isSettled) || onlooker?.isHopeless() === true,
      swarm.deadlineMs,
      interrupt,
      async () => {
        for (const peer of peers) await peer.look();
        tell();
      },
    );
    const trackerTrouble =
      tracker.exit && `The tracker ended before all peers had the file.\n${tracker.stderr()}`.trim();
    await until(() => isSwarmOver(swarm, peers, run), quietDeadlineMs, interrupt);
    for (const peer of peers) await peer.lookFinally();
    tell();
    const used = tracker.resources();
    return {
      ...results(peers, run, interrupt.aborted),
      ...(used && { tracker: used }),
      ...(trackerTrouble && { trackerTrouble }),
    };
  } finally {
    onlooker?.stopping();
    await stopAll(peers, tracker, run);
  }
}

/** What stands between them stays for their goodbyes, and the tracker that hears them. @throws what kept one from stopping */
async function stopAll(peers: readonly PeerRun[], tracker: Program, run: MeasuredRun): Promise<void> {
  const stopped = await Promise.allSettled(peers.map(async (peer) => peer.program?.stop()));
  try {
    await tracker.stop();
  } finally {
    await run.close();
  }
  for (const result of stopped) if (result.status === 'rejected') throw result.reason;
}

function progressOf(swarm: Swarm, peers: readonly PeerRun[], run: MeasuredRun): SwarmProgress {
  const blocksHandedOver = run.blocksHandedOver();
  return {
    peers: swarm.peers.length,
    started: peers.length,
    complete: peers.filter(({ completeAtMs }) => completeAtMs !== undefined).length,
    ...(blocksHandedOver !== undefined && { blocksHandedOver }),
  };
}

function passOver(
  { pass, blocks, file, links }: Swarm,
  tracker: Program,
  onlooker: SwarmOnlooker | undefined,
): MeasuredRun {
  return pass === 'timing'
    ? new TimingRun(tracker)
    : new CountingRun(tracker, { blocks, fileBytes: file.bytes.length }, links, onlooker);
}

/** A peer that leaves by itself is given the time to; one that stays is done when nothing is said any more. */
function isSwarmOver(swarm: Swarm, peers: readonly PeerRun[], run: MeasuredRun): boolean {
  const isQuiet = run.quietForMs() > quietMs + unseenWays * (swarm.links?.latencyMs ?? 0);
  return peers.every((peer, number) => {
    const leaves = swarm.peers[number]?.manifest.peer?.onComplete === 'exit';
    return peer.hasEnded || peer.completeAtMs === undefined || (isQuiet && !leaves);
  });
}

function results(peers: readonly PeerRun[], run: MeasuredRun, interrupted: boolean): Measured {
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

function times(peers: readonly PeerRun[], run: MeasuredRun): Pick<BenchmarkSample, 'startUpMs' | 'windowMs'> {
  const firstRequestAtMs = run.firstRequestAtMs();
  if (firstRequestAtMs === undefined) return {};
  const startedAtMs = Math.min(...peers.flatMap(({ program }) => program?.startedAtMs ?? []));
  const completeAtMs = Math.max(...peers.map((peer) => peer.completeAtMs ?? Infinity));
  return {
    startUpMs: Math.max(0, firstRequestAtMs - startedAtMs),
    ...(completeAtMs < Infinity && { windowMs: Math.max(0, completeAtMs - firstRequestAtMs) }),
  };
}
