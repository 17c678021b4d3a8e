import { setTimeout as wait } from 'node:timers/promises';
import { sum } from 'simple-statistics';
import { errorMessage } from '../../launch/error-message.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import { actualTiming, type Intervals } from '../../launch/manifest/timing.ts';
import type { BenchmarkCell, BenchmarkSample } from '../../schemas/types.ts';
import { swarmDeadlineMs } from '../swarm/swarm-deadline.ts';
import type { RunKind } from '../measurement/measured-run.ts';
import type { LinkShape } from '../relay/line-schedule.ts';
import type { SharedFile } from '../swarm/shared-file.ts';
import { LocalLauncher } from '../swarm/local-launcher.ts';
import { runSwarm } from '../swarm/run-swarm.ts';
import type { SwarmProgress } from '../swarm/swarm.ts';

/** Between the starts of swarms that run side by side, since starting processes takes CPU time. */
const staggerMs = 3_000;

/** Every combination of peers and blocks, each measured `repeat` times in every kind of run. */
export interface Grid {
  readonly tracker: Implementation;
  readonly peer: Implementation;
  readonly peers: readonly number[];
  readonly blocks: readonly number[];
  readonly repeat: number;
  readonly file: SharedFile;
  readonly runKinds: readonly RunKind[];
  readonly peersPerProcess: number;
  readonly links?: LinkShape;
  /** Whether the swarms of a round run side by side: for a pace so slow that they are almost always idle. */
  readonly sideBySide: boolean;
  /** Between the starts of two peers; without it, they start together. */
  readonly startGapMs?: number;
  /** The intervals of a swarm with this many peers. */
  readonly intervalsOf: (peers: number) => Intervals;
  readonly window: number;
}

/** Reported repeatedly while a grid runs; `done` and `total` count swarms. */
export interface GridProgress {
  readonly done: number;
  readonly total: number;
  readonly peers: number;
  readonly blocks: number;
  /** The swarms that are running. */
  readonly running: readonly (SwarmProgress & { readonly blocks: number })[];
  /** The result of the swarm that has just ended. */
  readonly sample?: BenchmarkSample;
}

export interface MeasuredGrid {
  readonly cells: BenchmarkCell[];
  /** The error that stopped it. */
  readonly brokenOff?: string;
}

/**
 * Runs the cells one after the other, and all of them again for each repetition, so that a change in the machine's speed
 * affects all cells. After an interrupt or an error, it returns what was measured before.
 * @throws the error of the first swarm
 */
export async function runGrid(
  session: Session,
  grid: Grid,
  interrupt: AbortSignal,
  onProgress: (progress: GridProgress) => void,
): Promise<MeasuredGrid> {
  const cells = cellsOf(grid);
  const total = cells.length * grid.repeat * grid.runKinds.length;
  let done = 0;
  let begun = 0;
  let brokenOff: string | undefined;
  const running = new Map<object, GridProgress['running'][number]>();

  const runOne = async (cell: BenchmarkCell, runKind: RunKind): Promise<void> => {
    if (interrupt.aborted || brokenOff !== undefined) return;
    const { peers, blocks } = cell;
    const swarm = {
      ...grid,
      peers: Array.from({ length: peers }, () => grid.peer),
      runKind,
      blocks,
      // Refuse a grid that does not fit into memory at its start, not after hours.
      ...(begun++ === 0 && { memoryForPeers: mostPeersAtOnce(grid) }),
      intervals: grid.intervalsOf(peers),
      deadlineMs: cell.deadlineMs,
    };
    const reportProgress = (progress: SwarmProgress): void => {
      running.set(swarm, { ...progress, blocks });
      onProgress({ done, total, peers, blocks, running: [...running.values()] });
    };
    reportProgress({ peers, started: 0, complete: 0 });
    const sample = await runSwarm(new LocalLauncher(session), swarm, interrupt, { onProgress: reportProgress }).catch(
      (error: unknown) => {
        if (begun === 1 && !interrupt.aborted) throw error;
        brokenOff ??= errorMessage(error);
        return undefined;
      },
    );
    running.delete(swarm);
    if (!sample) return;
    cell.samples.push(sample);
    onProgress({ done: ++done, total, peers, blocks, running: [...running.values()], sample });
  };

  for (let round = 0; round < grid.repeat; round++) {
    const swarms = cells.flatMap((cell) => grid.runKinds.map((runKind) => () => runOne(cell, runKind)));
    if (grid.sideBySide)
      await Promise.all(swarms.map((swarm, number) => startAfter(number * staggerMs, interrupt, swarm)));
    else for (const swarm of swarms) await swarm();
  }
  return { cells, ...(brokenOff !== undefined && { brokenOff }) };
}

function mostPeersAtOnce({ peers, blocks, runKinds, sideBySide }: Grid): number {
  return sideBySide ? sum([...peers]) * blocks.length * runKinds.length : Math.max(...peers);
}

async function startAfter(delayMs: number, interrupt: AbortSignal, swarm: () => Promise<void>): Promise<void> {
  await wait(delayMs, undefined, { signal: interrupt }).catch(() => undefined);
  await swarm();
}

function cellsOf(grid: Grid): BenchmarkCell[] {
  const fileBytes = grid.file.bytes.length;
  return grid.peers.flatMap((peers) => {
    const intervals = grid.intervalsOf(peers);
    const timing = actualTiming(grid.peer, intervals);
    return grid.blocks.map((blocks): BenchmarkCell => {
      const work = { peers, blocks, fileBytes, ...(grid.links && { links: grid.links }) };
      return {
        peers,
        blocks,
        fileBytes,
        deadlineMs: swarmDeadlineMs(timing, work),
        ...(grid.peersPerProcess > 1 && { peersPerProcess: grid.peersPerProcess }),
        ...(intervals !== grid.intervalsOf(1) && { intervals }),
        samples: [],
      };
    });
  });
}
