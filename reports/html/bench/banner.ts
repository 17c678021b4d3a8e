import { html } from 'ghtml';
import type { BenchmarkResult } from '../../../schemas/types.ts';
import { benchProblems } from '../../bench/problems.ts';
import { plural } from '../../figures.ts';
import { outputTails } from '../../output-tails.ts';

/** The verdict of a benchmark, and everything that went wrong. */
export function benchBanner(result: BenchmarkResult): string {
  const { verdict, interruptedBy, cells, implementation } = result;
  const swarms = cells.reduce((sum, { samples }) => sum + samples.length, 0);
  const isComplete = verdict === 'complete';
  const highlight = isComplete ? 'good' : 'bad';
  const problems = benchProblems(result).map(
    ({ where, what, printed }) =>
      html`<p><b>${where}</b>: ${what}</p>
        !${outputTails(printed).map(({ text }) => html`<pre>${text}</pre>`)}`,
  );
  const interrupted = interruptedBy === undefined ? '' : html`<p>The session was interrupted by ${interruptedBy}.</p>`;
  return html`<div class="card banner verdict ${highlight}">
    <strong class="${highlight}">${isComplete ? 'Complete' : 'Incomplete'}</strong>
    <p>
      ${implementation.name}: ${plural(swarms, 'swarm')} of real processes.
      ${isComplete ? 'Every peer wrote the original file, byte for byte.' : ''}
    </p>
    !${interrupted}!${problems}
  </div>`;
}
