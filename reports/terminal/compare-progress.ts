import type { RoundProgress } from '../../bench/compare/rounds.ts';
import { signed } from '../compare-words.ts';

/** A line per round. */
export function roundLine({ batch, round, rounds, result }: RoundProgress): string {
  const number = round === 0 ? 'warm-up' : `round ${round} of ${rounds}`;
  const { logRatio } = result;
  const words = logRatio === undefined ? 'not all completed' : `head ${signed(100 * Math.expm1(logRatio))}`;
  return `batch ${batch}, ${number}: ${words}\n`;
}
