import { setTimeout as wait } from 'node:timers/promises';
import type { Implementation } from '../impl/launch/manifest.ts';
import { ProgramTrouble, type Program } from '../impl/launch/program.ts';
import type { Run } from '../impl/launch/run.ts';
import type { Intervals } from '../impl/launch/timing.ts';
import type { BenchmarkSample } from '../schemas/types.ts';
import { countsUnavailable, messageCounts } from './message-counts.ts';
import { PeerRun } from './peer-run.ts';
import { Relay } from './relay/relay.ts';
import type { Onlooker } from './relay/tap.ts';
import type { SharedFile } from './shared-file.ts';

/** One tracker and some peers, which may be of different implementations. */
export interface Swarm {
  readonly tracker: Implementation;
  /** One entry per peer. */
  readonly peers: readonly Implementation[];
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
const lookEveryMs = 5;
/** A complete peer still announces its last block: a swarm is over when nothing was said for this long. */
const quietMs = 300;
const quietDeadlineMs = 5_000;

/**
 * Runs one swarm of real processes, started together, and measures it. Programs that fail give rows that say so.
 * @param interrupt ends it early, where the run is closed then: what was measured by then is returned
 * @param onlooker is told all that passes on the wire
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
  return { pass: 'counting', startedAt, durationMs: performance.now() - startedAtMs, ...measured };
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
  const relay = new Relay(tracker, onlooker);
  let peers: PeerRun[] = [];
  try {
    peers = await startPeers(run, swarm, relay, interrupt);
    await until(
      () => peers.every((peer) => peer.isSettled) || onlooker?.isHopeless() === true,
      swarm.deadlineMs,
      interrupt,
      async () => {
        for (const peer of peers) if (!peer.isSettled) await peer.look();
      },
    );
    const trackerTrouble =
      tracker.exit && `The tracker ended before all peers had the file.\n${tracker.stderr()}`.trim();
    await until(() => isOver(swarm, peers, relay), quietDeadlineMs, interrupt);
    for (const peer of peers) await peer.lookFinally();
    return { ...results(swarm, peers, relay, interrupt.aborted), ...(trackerTrouble && { trackerTrouble }) };
  } finally {
    onlooker?.stopping();
    // The relay stays for their goodbyes, and the tracker that hears them.
    await Promise.all(peers.map(async (peer) => peer.program?.stop()));
    await tracker.stop();
    await relay.close();
  }
}

/** All at the same moment, as far as one machine can. */
async function startPeers(run: Run, swarm: Swarm, relay: Relay, interrupt: AbortSignal): Promise<PeerRun[]> {
  const { blocks, file, intervals, window } = swarm;
  const places: { port: number; tracker: { host: string; port: number } }[] = [];
  for (let number = 0; number < swarm.peers.length; number++) {
    const port = await run.leasePort();
    places.push({ port, tracker: await relay.admit({ host: '127.0.0.1', port }) });
  }
  return Promise.all(
    swarm.peers.map(async (peer, number) => {
      const peerId = peerName(number);
      const settings = { ...places[number], blocks, peerId, intervals, window };
      const started = await orTrouble(interrupt, () => run.launch(peer, 'peer', settings));
      if (started instanceof ProgramTrouble) relay.gone(number);
      else void started.exited.then(() => relay.gone(number));
      return new PeerRun(peerId, started, file);
    }),
  );
}

function peerName(number: number): string {
  return `peer${number + 1}`;
}

/** A peer that leaves by itself is given the time to; one that stays is done when nothing is said any more. */
function isOver(swarm: Swarm, peers: readonly PeerRun[], relay: Relay): boolean {
  const isQuiet = performance.now() - relay.traffic.lastRequestAtMs > quietMs;
  return peers.every((peer, number) => {
    const leaves = swarm.peers[number]?.manifest.peer?.onComplete === 'exit';
    return peer.hasEnded || peer.completeAtMs === undefined || (isQuiet && !leaves);
  });
}

function results(swarm: Swarm, peers: readonly PeerRun[], { traffic }: Relay, interrupted: boolean): Measured {
  const complete = [...peers.keys()].filter((number) => peers[number]?.completeAtMs !== undefined);
  const unavailable = countsUnavailable(traffic, complete, swarm.blocks, swarm.file.bytes.length);
  const rows = peers.map((peer, number) => ({
    ...peer.row(traffic.registeredAtMs(number), interrupted),
    ...(unavailable === undefined && { messages: messageCounts(traffic, number) }),
  }));
  return { peers: rows, ...(unavailable !== undefined && { countsUnavailable: unavailable }) };
}

/** Waits until `done`, at most the deadline, looking every few milliseconds. */
async function until(
  done: () => boolean,
  deadlineMs: number,
  interrupt: AbortSignal,
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const endAtMs = performance.now() + deadlineMs;
  while (!interrupt.aborted && performance.now() < endAtMs) {
    await look();
    if (done()) return;
    await wait(lookEveryMs);
  }
}

/** What a start came to. An interrupted run cannot start anything more, which is no trouble of the harness. */
async function orTrouble<T>(interrupt: AbortSignal, start: () => Promise<T>): Promise<T | ProgramTrouble> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof ProgramTrouble) return error;
    if (interrupt.aborted) return new ProgramTrouble('cannot-start', 'The run was interrupted.');
    throw error;
  }
}
