import { getBorderCharacters, table } from 'table';
import type { MicroResult } from './measure.ts';

/** The results as a text table, with the library's warnings below it. */
export function microTable(results: readonly MicroResult[]): string {
  const rows = results.map(({ name, samples, medianMs, spreadMs, p99Ms }) => [
    name,
    duration(medianMs),
    `± ${((100 * spreadMs) / medianMs).toFixed(1)} %`,
    duration(p99Ms),
    String(samples),
  ]);
  const text = table([['Task', 'Median', 'Spread', '99 % within', 'Samples'], ...rows], {
    border: getBorderCharacters('norc'),
    columnDefault: { alignment: 'right' },
    columns: { 0: { alignment: 'left' } },
    drawVerticalLine: (index, size) => index === 0 || index === size,
    drawHorizontalLine: (index, size) => [0, 1, size].includes(index),
  });
  const warnings = results.flatMap(({ name, warnings }) => warnings.map((warning) => `warning: ${name}: ${warning}\n`));
  return text + warnings.join('');
}

/** `1.23 ms`, `45.6 µs`, `789 ns`. */
function duration(milliseconds: number): string {
  const units = [
    ['s', 1000],
    ['ms', 1],
    ['µs', 1e-3],
    ['ns', 1e-6],
  ] as const;
  const [unit, size] = units.find(([, size]) => milliseconds >= size) ?? ['ns', 1e-6];
  return `${(milliseconds / size).toPrecision(3)} ${unit}`;
}
