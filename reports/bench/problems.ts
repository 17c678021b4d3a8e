import type { BenchmarkCell, BenchmarkResult } from '../../schemas/types.ts';
import { plural } from '../figures.ts';

/** Something that went wrong in a swarm, for a reader. */
export interface BenchProblem {
  /** Which swarm, and who. */
  readonly where: string;
  readonly what: string;
  readonly stderr: string | undefined;
}

/** Everything that a result says went wrong, in order. */
export function benchProblems({ cells, fullSpeedCells = [], brokenOff }: BenchmarkResult): BenchProblem[] {
  const broken =
    brokenOff === undefined
      ? []
      : [{ where: 'the benchmark', what: `it could not go on: ${brokenOff}`, stderr: undefined }];
  return [...broken, ...cellProblems(cells), ...cellProblems(fullSpeedCells, ', at full speed')];
}

function cellProblems(cells: readonly BenchmarkCell[], which = ''): BenchProblem[] {
  return cells.flatMap(({ peers, blocks, samples }) =>
    samples.flatMap((sample, number) => {
      const name = `${plural(peers, 'peer')} × ${plural(blocks, 'block')}${which}`;
      const swarm = `${name}${samples.length > 1 ? `, sample ${number + 1}` : ''}`;
      const troubles: BenchProblem[] = sample.peers.flatMap(({ peerId, outcome, detail, stderrTail }) =>
        detail === undefined || outcome === 'stopped'
          ? []
          : [{ where: `${swarm}, ${peerId}`, what: `${outcome}: ${detail}`, stderr: stderrTail }],
      );
      const { trackerTrouble, countsUnavailable } = sample;
      if (trackerTrouble !== undefined) {
        const [what = '', ...stderr] = trackerTrouble.split('\n');
        troubles.unshift({ where: `${swarm}, tracker`, what, stderr: stderr.join('\n') || undefined });
      }
      if (countsUnavailable !== undefined) {
        troubles.push({ where: swarm, what: `no message counts: ${countsUnavailable}`, stderr: undefined });
      }
      return troubles;
    }),
  );
}
