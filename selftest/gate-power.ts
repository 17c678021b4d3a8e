// Simulates comparisons with normally distributed rounds, and prints how often the gate gives each verdict, by the scatter
// of the rounds. Run by `npm run gate-power`; gate-selftest.ts measures the same with real swarms.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { probit } from 'simple-statistics';
import { confirmed, judgeTimes, needsConfirmation, type Change } from '../bench/compare/gate/time-verdict.ts';
import { table } from '../reports/markdown/text.ts';

interface Setting {
  readonly floorPercent: number;
  /** Of each batch. */
  readonly rounds: number;
  /** The standard deviation of a round. */
  readonly scatterPercent: number;
}

const gates = [
  { floorPercent: 3, rounds: 12 },
  { floorPercent: 5, rounds: 12 },
  { floorPercent: 5, rounds: 24 },
];
const comparisons = 2_000;
const random = xoroshiro128plus(1);

const rows = gates
  .flatMap((gate) => [2, 3, 4, 6, 8, 10].map((scatterPercent): Setting => ({ ...gate, scatterPercent })))
  .map((setting) => [
    `${setting.floorPercent} %`,
    String(setting.rounds),
    `${setting.scatterPercent} %`,
    ...[0, 5, 10].map((changePercent) => verdictShares(changePercent, setting)),
  ]);
console.log(table(['Floor', 'Rounds', 'Scatter of a round', 'Identical', '5 % slower', '10 % slower'], rows));

function verdictShares(changePercent: number, setting: Setting): string {
  const verdicts = Array.from({ length: comparisons }, () => simulateComparison(changePercent, setting));
  const share = (change: Change): string =>
    `${((100 * verdicts.filter((verdict) => verdict === change).length) / comparisons).toFixed(1)} %`;
  return `${share('slower')} slower, ${share('same')} same`;
}

function simulateComparison(changePercent: number, setting: Setting): Change {
  const first = simulateBatch(changePercent, setting);
  return confirmed(first, needsConfirmation(first) ? simulateBatch(changePercent, setting) : undefined);
}

function simulateBatch(changePercent: number, { scatterPercent, floorPercent, rounds }: Setting): Change {
  const logRatios = Array.from({ length: rounds }, () => {
    const normal = probit(uniformFloat64(random));
    return Math.log1p(changePercent / 100) + (scatterPercent / 100) * normal;
  });
  return judgeTimes(logRatios, floorPercent).change;
}
