import { mean } from 'simple-statistics';
import type { ComparedRound, ComparedSwarm } from '../../../schemas/types.ts';
import { leastDisturbancePercent } from './limits.ts';

type Cells = ComparedRound['cells'];

/**
 * Whether the host disturbed one side of a round more than the other, which makes the times useless: it took a larger
 * fraction of CPU time from that side, by more than the floor, and not only because that side wanted more.
 */
export function isDisturbed(cells: Cells, floorPercent: number): boolean {
  if (cells.length === 0) return false;
  const most = Math.max(floorPercent, leastDisturbancePercent);
  const ofAll = headOverBase(cells, ({ stealPercent = 0 }) => stealPercent);
  const ofWanted = headOverBase(cells, ({ stealPercent = 0, wantedCpuPercent = 100 }) =>
    stealPercent === 0 ? 0 : (100 * stealPercent) / wantedCpuPercent,
  );
  return Math.min(ofAll, ofWanted) > most || Math.max(ofAll, ofWanted) < -most;
}

/** Head's percentage minus that of base, as the mean over the cells. */
function headOverBase(cells: Cells, percent: (swarm: ComparedSwarm) => number): number {
  return mean(cells.map(({ base, head }) => percent(head) - percent(base)));
}
