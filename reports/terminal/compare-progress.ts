import type { RoundProgress } from '../../bench/compare/rounds.ts';
import { signedPercent } from '../compare/text.ts';

/** The outcome of a round as a line. */
export function roundLine({ batch, round, rounds, result }: RoundProgress): string {
  return `batch ${batch}, ${numbered(round, rounds)}: ${outcome(result)}\n`;
}

function outcome({ disturbed, logRatio }: RoundProgress['result']): string {
  if (disturbed) return 'disturbed: the host took more CPU time from one build than from the other';
  return logRatio === undefined ? 'a swarm did not complete' : `head ${signedPercent(100 * Math.expm1(logRatio))}`;
}

/** A finished round of the micro-benchmarks as a line. */
export function microLine(batch: number, round: number, rounds: number): string {
  return `micro-benchmarks, batch ${batch}, ${numbered(round, rounds)}\n`;
}

function numbered(round: number, rounds: number): string {
  return round === 0 ? 'warm-up' : `round ${round} of ${rounds}`;
}
