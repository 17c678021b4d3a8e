import { availableParallelism } from 'node:os';
import type { Program } from '../../launch/process/program.ts';
import { ProgramError } from '../../launch/process/program-error.ts';
import { peerName, type Launcher, type Rank } from './launcher.ts';
import type { MeasuredRun } from '../measurement/measurement.ts';
import { PeerRun } from './peer-run.ts';
import { orTrouble } from './start-trouble.ts';
import type { Swarm } from './swarm.ts';
import { until } from './until.ts';

const waveSize = 8 * availableParallelism();
const waveDeadlineMs = 10_000;
const never = (): boolean => false;

type Ranks = readonly [Rank, ...Rank[]];

/**
 * All at the same moment, as far as one machine can: many in waves, each of which listens before the next one starts.
 * Where the swarm wants a gap, one after the other.
 * @param onStarted is told all that were started so far
 */
export async function startPeers(
  launcher: Launcher,
  swarm: Swarm,
  run: MeasuredRun,
  interrupt: AbortSignal,
  onStarted: (peers: readonly PeerRun[]) => void,
): Promise<PeerRun[]> {
  const processes = await ranksByProcess(launcher, swarm, run);
  const peers: PeerRun[] = [];
  while (processes.length > 0) {
    const wave = processes.splice(0, swarm.startGapMs === undefined ? waveSize : 1);
    const started = (await Promise.all(wave.map((ranks) => start(launcher, swarm, ranks, run, interrupt)))).flat();
    peers.push(...started);
    onStarted([...peers]);
    if (processes.length === 0) break;
    if (swarm.startGapMs === undefined) await untilAllListen(started, peers, interrupt);
    else await until(never, swarm.startGapMs, interrupt, () => lookAt(peers));
  }
  return peers;
}

async function ranksByProcess(
  launcher: Launcher,
  { peers, peersPerProcess = 1 }: Swarm,
  run: MeasuredRun,
): Promise<Ranks[]> {
  const processes: [Rank, ...Rank[]][] = [];
  for (const number of peers.keys()) {
    const rank = number + 1;
    const rankZero = await run.admit(await launcher.addressOf(rank));
    const place = { rank, size: peers.length + 1, rankZero };
    if (number % peersPerProcess === 0) processes.push([place]);
    else processes.at(-1)?.push(place);
  }
  return processes;
}

async function start(
  launcher: Launcher,
  { peers, blocks, file, intervals, window }: Swarm,
  ranks: Ranks,
  run: MeasuredRun,
  interrupt: AbortSignal,
): Promise<PeerRun[]> {
  const implementation = peers[ranks[0].rank - 1];
  if (implementation === undefined) return [];
  const settings = { blocks, intervals, window };
  const started = await orTrouble(interrupt, () => launcher.start(implementation, ranks, settings));
  const gone = (): void => ranks.forEach(({ rank }) => run.gone(rank - 1));
  if (started instanceof ProgramError) gone();
  else void started.exited.then(gone);
  return ranks.map(({ rank }, place) => new PeerRun({ peerId: peerName(rank), started, place, original: file }));
}

/** Those that started before may be complete, and leave, meanwhile. */
async function lookAt(peers: readonly PeerRun[]): Promise<void> {
  for (const peer of peers) await peer.look();
}

async function untilAllListen(
  started: readonly PeerRun[],
  all: readonly PeerRun[],
  interrupt: AbortSignal,
): Promise<void> {
  const waiting = new Set(started.map(({ program }) => program));
  const look = async (): Promise<void> => {
    await lookAt(all);
    // All at once, so that they share one reading of the kernel's table.
    const settle = async (program: Program | undefined): Promise<void> => {
      if (!program || program.exit || (await program.isListening())) waiting.delete(program);
    };
    await Promise.all([...waiting].map(settle));
  };
  await until(() => waiting.size === 0, waveDeadlineMs, interrupt, look);
}
