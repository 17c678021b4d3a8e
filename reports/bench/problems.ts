import type { BenchmarkCell, BenchmarkResult } from '../../schemas/types.ts';
import { swarmSize } from '../figures.ts';
import type { PrintedTails } from '../output-tails.ts';

/** Something that went wrong in a swarm. */
export interface BenchProblem {
  /** Which swarm, and which of its programs. */
  readonly where: string;
  readonly what: string;
  readonly printed: PrintedTails;
}

/** Everything that went wrong in a benchmark, in order. */
export function benchProblems({ cells, fullSpeedCells = [], brokenOff }: BenchmarkResult): BenchProblem[] {
  const aborted =
    brokenOff === undefined ? [] : [{ where: 'the benchmark', what: `could not continue: ${brokenOff}`, printed: {} }];
  return [...aborted, ...cellProblems(cells), ...cellProblems(fullSpeedCells, ', at full speed')];
}

function cellProblems(cells: readonly BenchmarkCell[], suffix = ''): BenchProblem[] {
  return cells.flatMap(({ peers, blocks, samples }) =>
    samples.flatMap((sample, number) => {
      const name = `${swarmSize(peers, blocks)}${suffix}`;
      const swarm = `${name}${samples.length > 1 ? `, sample ${number + 1}` : ''}`;
      const problems: BenchProblem[] = sample.peers.flatMap(
        ({ peerId, outcome, detail, stderrTail: stderr, stdoutTail: stdout }) =>
          detail === undefined || outcome === 'stopped'
            ? []
            : [{ where: `${swarm}, ${peerId}`, what: `${outcome}: ${detail}`, printed: { stderr, stdout } }],
      );
      const { trackerTrouble, countsUnavailable } = sample;
      if (trackerTrouble !== undefined) {
        const [what = '', ...printed] = trackerTrouble.split('\n');
        problems.unshift({ where: `${swarm}, tracker`, what, printed: { stderr: printed.join('\n') } });
      }
      if (countsUnavailable !== undefined) {
        problems.push({ where: swarm, what: `message counts unavailable: ${countsUnavailable}`, printed: {} });
      }
      return problems;
    }),
  );
}
