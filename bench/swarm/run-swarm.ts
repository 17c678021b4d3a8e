import type { Program } from '../../launch/process/program.ts';
import { ProgramError } from '../../launch/process/program-error.ts';
import type { BenchmarkSample } from '../../schemas/types.ts';
import { CountingRun } from '../measurement/counting-run.ts';
import { MachineWatch } from '../measurement/machine-watch.ts';
import type { MeasuredRun } from '../measurement/measured-run.ts';
import { TimingRun } from '../measurement/timing-run.ts';
import { checkMemory } from './capacity.ts';
import { peerName, type Launcher } from './launcher.ts';
import { MeasuredPeer } from './measured-peer.ts';
import { measuredSwarm, printedTrouble, swarmWithoutTracker, type MeasuredSwarm } from './measured-swarm.ts';
import { startPeers } from './start-peers.ts';
import type { Swarm, SwarmCallbacks, SwarmListener, SwarmProgress } from './swarm.ts';
import { tryStart } from './try-start.ts';
import { waitUntil } from './wait-until.ts';

const trackerDeadlineMs = 20_000;
/** A complete peer still announces its last block: a swarm is over when no request was seen for this long. */
const quietMs = 300;
const quietDeadlineMs = 5_000;
/** Listeners stop waiting earlier. */
const answersDeadlineMs = 60_000;
/** One-way latencies between two requests that the relay sees: the first is answered, then a connection is opened. */
const latenciesBetweenRequests = 4;

/**
 * Runs one swarm of real processes and measures it. Programs that fail get rows that say so.
 * @param interrupt ends it early, and the session is closed then: it returns what was measured so far
 */
export async function runSwarm(
  launcher: Launcher,
  swarm: Swarm,
  interrupt: AbortSignal,
  callbacks: SwarmCallbacks = {},
): Promise<BenchmarkSample> {
  const startedAt = new Date().toISOString();
  const startedAtMs = performance.now();
  const machine = new MachineWatch();
  try {
    const tracker = await startTracker(launcher, swarm, interrupt);
    const measured =
      tracker instanceof ProgramError
        ? swarmWithoutTracker(unstartedPeers(swarm), tracker, interrupt.aborted)
        : await measure(launcher, swarm, tracker, interrupt, callbacks);
    const durationMs = performance.now() - startedAtMs;
    return { pass: swarm.runKind, startedAt, durationMs, ...machine.cpuSoFar(), ...measured };
  } finally {
    launcher.close();
  }
}

async function startTracker(
  launcher: Launcher,
  { tracker, peers, blocks, file, intervals }: Swarm,
  interrupt: AbortSignal,
): Promise<Program | ProgramError> {
  return tryStart(interrupt, async () => {
    const rank = { rank: 0, size: peers.length + 1 };
    const program = await launcher.start(tracker, [rank], { blocks, file: file.bytes, intervals });
    try {
      await program.untilListening(trackerDeadlineMs);
      return program;
    } catch (error) {
      await program.stop();
      throw error;
    }
  });
}

function unstartedPeers({ peers, file }: Swarm): MeasuredPeer[] {
  const started = new ProgramError('cannot-start', 'It was not started, because the tracker did not start.');
  return peers.map((_peer, number) => new MeasuredPeer({ peerId: peerName(number + 1), started, original: file }));
}

async function measure(
  launcher: Launcher,
  swarm: Swarm,
  tracker: Program,
  interrupt: AbortSignal,
  { listener, onProgress }: SwarmCallbacks,
): Promise<MeasuredSwarm> {
  const run = startRun(swarm, tracker, listener);
  let peers: readonly MeasuredPeer[] = [];
  const reportProgress = (): void => onProgress?.(progressOf(swarm, peers, run));
  try {
    checkMemory(
      { peers: swarm.memoryForPeers ?? swarm.peers.length, peersPerProcess: swarm.peersPerProcess ?? 1 },
      tracker.pid,
    );
    peers = await startPeers(launcher, swarm, run, interrupt, (started) => {
      peers = started;
      reportProgress();
    });
    await waitUntil(
      () => peers.every((peer) => peer.isSettled) || listener?.isHopeless() === true,
      swarm.deadlineMs,
      interrupt,
      async () => {
        for (const peer of peers) await peer.look();
        reportProgress();
      },
    );
    const trackerTrouble =
      tracker.exit &&
      printedTrouble('The tracker ended before all peers had the file.', {
        stderr: tracker.stderr(),
        stdout: tracker.stdout(),
      });
    await waitUntil(() => isSwarmOver(swarm, peers, run), quietDeadlineMs, interrupt);
    await waitUntil(() => listener?.awaitsAnswer() !== true, answersDeadlineMs, interrupt);
    for (const peer of peers) await peer.lookFinally();
    reportProgress();
    const resources = tracker.resources();
    return {
      ...measuredSwarm(peers, run, interrupt.aborted),
      ...(resources && { tracker: resources }),
      ...(trackerTrouble && { trackerTrouble }),
    };
  } finally {
    listener?.stopping();
    await stopAll(peers, tracker, run);
  }
}

/** Stops the peers first: the relay and the tracker must receive their goodbyes. @throws the first error of a stop */
async function stopAll(peers: readonly MeasuredPeer[], tracker: Program, run: MeasuredRun): Promise<void> {
  const stopped = await Promise.allSettled(peers.map(async (peer) => peer.program?.stop()));
  try {
    await tracker.stop();
  } finally {
    await run.close();
  }
  for (const result of stopped) if (result.status === 'rejected') throw result.reason;
}

function progressOf(swarm: Swarm, peers: readonly MeasuredPeer[], run: MeasuredRun): SwarmProgress {
  const blocksTransferred = run.blocksTransferred();
  return {
    peers: swarm.peers.length,
    started: peers.length,
    complete: peers.filter(({ completeAtMs }) => completeAtMs !== undefined).length,
    ...(blocksTransferred !== undefined && { blocksTransferred }),
  };
}

function startRun(
  { runKind, blocks, file, links }: Swarm,
  tracker: Program,
  listener: SwarmListener | undefined,
): MeasuredRun {
  return runKind === 'timing'
    ? new TimingRun(tracker)
    : new CountingRun(tracker, { blocks, fileBytes: file.bytes.length, links, listener });
}

/** Whether no message is expected any more: peers that leave by themselves have ended, and the others are quiet. */
function isSwarmOver(swarm: Swarm, peers: readonly MeasuredPeer[], run: MeasuredRun): boolean {
  const isQuiet = run.quietForMs() > quietMs + latenciesBetweenRequests * (swarm.links?.latencyMs ?? 0);
  return peers.every((peer, number) => {
    const leaves = swarm.peers[number]?.manifest.peer?.onComplete === 'exit';
    return peer.hasEnded || peer.completeAtMs === undefined || (isQuiet && !leaves);
  });
}
