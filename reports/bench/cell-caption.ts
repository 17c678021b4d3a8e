import type { BenchTable } from './table.ts';
import { plural } from '../figures.ts';

/** What the figures of a cell are means of, and what is to be known about them: to follow the cell's name. */
export function cellCaption({ timed, counted, timesIncludeRelay }: BenchTable): string {
  const samples =
    timed === counted || counted === 0
      ? timed === 1
        ? ''
        : `, mean of ${timed} samples`
      : `, times of ${plural(timed, 'sample')}, counts of ${counted}`;
  return `${samples}${timesIncludeRelay ? ', times with the relay' : ''}${counted === 0 ? ', counts unavailable' : ''}`;
}
