import { availableParallelism } from 'node:os';
import type { Program } from '../../launch/process/program.ts';
import { ProgramError } from '../../launch/process/program-error.ts';
import { peerName, type Launcher, type Rank } from './launcher.ts';
import type { MeasuredRun } from '../measurement/measured-run.ts';
import { MeasuredPeer } from './measured-peer.ts';
import { tryStart } from './try-start.ts';
import type { Swarm } from './swarm.ts';
import { waitUntil } from './wait-until.ts';

const waveSize = 8 * availableParallelism();
const waveDeadlineMs = 10_000;
const never = (): boolean => false;

type Ranks = readonly [Rank, ...Rank[]];

/**
 * Starts all peers together if they are few, else in waves: each wave listens before the next one starts. With a start
 * gap, one process after the other.
 * @param onStarted is called with all peers that were started so far
 */
export async function startPeers(
  launcher: Launcher,
  swarm: Swarm,
  run: MeasuredRun,
  interrupt: AbortSignal,
  onStarted: (peers: readonly MeasuredPeer[]) => void,
): Promise<MeasuredPeer[]> {
  const processes = await ranksByProcess(launcher, swarm, run);
  const peers: MeasuredPeer[] = [];
  while (processes.length > 0) {
    const wave = processes.splice(0, swarm.startGapMs === undefined ? waveSize : 1);
    const started = (await Promise.all(wave.map((ranks) => start(launcher, swarm, ranks, run, interrupt)))).flat();
    peers.push(...started);
    onStarted([...peers]);
    if (processes.length === 0) break;
    if (swarm.startGapMs === undefined) await untilAllListen(started, peers, interrupt);
    else await waitUntil(never, swarm.startGapMs, interrupt, () => lookAtAll(peers));
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
    const entry = { rank, size: peers.length + 1, rankZero };
    if (number % peersPerProcess === 0) processes.push([entry]);
    else processes.at(-1)?.push(entry);
  }
  return processes;
}

async function start(
  launcher: Launcher,
  { peers, blocks, file, intervals, window }: Swarm,
  ranks: Ranks,
  run: MeasuredRun,
  interrupt: AbortSignal,
): Promise<MeasuredPeer[]> {
  const implementation = peers[ranks[0].rank - 1];
  if (implementation === undefined) return [];
  const settings = { blocks, intervals, window };
  const started = await tryStart(interrupt, () => launcher.start(implementation, ranks, settings));
  const gone = (): void => ranks.forEach(({ rank }) => run.gone(rank - 1));
  if (started instanceof ProgramError) gone();
  else void started.exited.then(gone);
  return ranks.map(
    ({ rank }, indexInProcess) => new MeasuredPeer({ peerId: peerName(rank), started, indexInProcess, original: file }),
  );
}

/** Earlier peers may complete and leave while later ones start. */
async function lookAtAll(peers: readonly MeasuredPeer[]): Promise<void> {
  for (const peer of peers) await peer.look();
}

async function untilAllListen(
  started: readonly MeasuredPeer[],
  all: readonly MeasuredPeer[],
  interrupt: AbortSignal,
): Promise<void> {
  const waiting = new Set(started.map(({ program }) => program));
  const look = async (): Promise<void> => {
    await lookAtAll(all);
    // In parallel, so that they share one reading of the kernel's table.
    const settle = async (program: Program | undefined): Promise<void> => {
      if (!program || program.exit || (await program.isListening())) waiting.delete(program);
    };
    await Promise.all([...waiting].map(settle));
  };
  await waitUntil(() => waiting.size === 0, waveDeadlineMs, interrupt, look);
}
