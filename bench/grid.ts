import type { Implementation } from '../impl/launch/manifest.ts';
import type { Run } from '../impl/launch/run.ts';
import { actualTiming, type Intervals } from '../impl/launch/timing.ts';
import type { BenchmarkCell, BenchmarkSample } from '../schemas/types.ts';
import { deadlineMs } from './deadline.ts';
import type { SharedFile } from './shared-file.ts';
import { runSwarm } from './swarm.ts';

/** Every combination of peers and blocks, each run `repeat` times. */
export interface Grid {
  readonly tracker: Implementation;
  readonly peer: Implementation;
  readonly peers: readonly number[];
  readonly blocks: readonly number[];
  readonly repeat: number;
  readonly file: SharedFile;
  readonly intervals: Intervals;
  readonly window: number;
}

/** Told while a grid runs; `done` and `total` count swarms. */
export interface GridProgress {
  readonly done: number;
  readonly total: number;
  readonly peers: number;
  readonly blocks: number;
  /** Absent when the swarm begins. */
  readonly sample?: BenchmarkSample;
}

/**
 * Runs the cells one after the other, and all of them again for each repetition, so that a machine that changes its pace
 * does so for all cells alike. Interrupted, it returns what was measured by then.
 */
export async function runGrid(
  run: Run,
  grid: Grid,
  interrupt: AbortSignal,
  onProgress: (progress: GridProgress) => void,
): Promise<BenchmarkCell[]> {
  const timing = actualTiming(grid.peer, grid.intervals);
  const fileBytes = grid.file.bytes.length;
  const cells = grid.peers.flatMap((peers) =>
    grid.blocks.map((blocks): BenchmarkCell => {
      return { peers, blocks, fileBytes, deadlineMs: deadlineMs(timing, { peers, blocks, fileBytes }), samples: [] };
    }),
  );
  const total = cells.length * grid.repeat;
  let done = 0;
  for (let round = 0; round < grid.repeat; round++) {
    for (const cell of cells) {
      if (interrupt.aborted) return cells;
      const { peers, blocks } = cell;
      onProgress({ done, total, peers, blocks });
      const swarm = {
        ...grid,
        peers: Array.from({ length: peers }, () => grid.peer),
        blocks,
        deadlineMs: cell.deadlineMs,
      };
      const sample = await runSwarm(run, swarm, interrupt);
      cell.samples.push(sample);
      onProgress({ done: ++done, total, peers, blocks, sample });
    }
  }
  return cells;
}
