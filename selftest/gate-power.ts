import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { probit } from 'simple-statistics';
import { table } from '../reports/markdown/text.ts';
import { judgeTimes, confirmed, needsConfirmation, type Change } from '../bench/compare/gate/time-verdict.ts';

// How often the gate says what, by how much the rounds scatter: played with made-up rounds, normally distributed, of
// which no machine is needed. `npm run gate-selftest` measures the same with real swarms.

/** The floor in percent, and the rounds of a batch. */
const gates = [
  [3, 12],
  [5, 12],
  [5, 24],
] as const;
const plays = 2_000;
const random = xoroshiro128plus(1);

function batch(changePercent: number, scatterPercent: number, floorPercent: number, rounds: number): Change {
  const logRatios = Array.from({ length: rounds }, () => {
    const normal = probit(uniformFloat64(random));
    return Math.log1p(changePercent / 100) + (scatterPercent / 100) * normal;
  });
  return judgeTimes(logRatios, floorPercent).change;
}

function play(...given: Parameters<typeof batch>): Change {
  const first = batch(...given);
  return confirmed(first, needsConfirmation(first) ? batch(...given) : undefined);
}

const rows = gates.flatMap(([floorPercent, rounds]) =>
  [2, 3, 4, 6, 8, 10].map((scatterPercent) => [
    `${floorPercent} %`,
    String(rounds),
    `${scatterPercent} %`,
    ...[0, 5, 10].map((changePercent) => {
      const verdicts = Array.from({ length: plays }, () => play(changePercent, scatterPercent, floorPercent, rounds));
      const share = (change: Change): string =>
        `${((100 * verdicts.filter((verdict) => verdict === change).length) / plays).toFixed(1)} %`;
      return `${share('slower')} slower, ${share('same')} same`;
    }),
  ]),
);
console.log(table(['Floor', 'Rounds', 'Scatter of a round', 'Identical', '5 % slower', '10 % slower'], rows));
