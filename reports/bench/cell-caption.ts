import type { BenchTable } from './table.ts';
import { plural } from '../figures.ts';

/** Which samples the figures of a cell are from, to be appended to the cell's name; empty for a single plain sample. */
export function cellCaption({ timed, counted, timesIncludeRelay, leavesOut }: BenchTable): string {
  const samples =
    timed === counted || counted === 0
      ? timed === 1
        ? ''
        : `, mean of ${timed} samples`
      : `, times of ${plural(timed, 'sample')}, counts of ${counted}`;
  return `${samples}${timesIncludeRelay ? ', times with the relay' : ''}${counted === 0 ? ', counts unavailable' : ''}${leavesOut ? ', means of complete peers only' : ''}`;
}
