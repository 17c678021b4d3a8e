import type { GridProgress } from '../../bench/grid/grid.ts';
import { count, plural, swarmSize } from '../figures.ts';

/** How far the running swarms are, and an estimate of the time left. @param elapsedMs since the grid started */
export function progressText({ running, ...progress }: GridProgress, elapsedMs: number): string {
  const sum = (value: (swarm: GridProgress['running'][number]) => number): number =>
    running.reduce((total, swarm) => total + value(swarm), 0);
  const [one] = running;
  const name = running.length === 1 && one ? swarmSize(one.peers, one.blocks) : plural(running.length, 'swarm');
  const peers = sum((swarm) => swarm.peers);
  const counted = running.filter(({ blocksTransferred }) => blocksTransferred !== undefined);
  const parts = [
    `${count(sum(({ started }) => started))} of ${plural(peers, 'peer')} started`,
    ...(counted.length > 0
      ? [`${count(sum((swarm) => swarm.blocksTransferred ?? 0))} of ${count(wantedBlocks(counted))} blocks`]
      : []),
    `${count(sum(({ complete }) => complete))} complete`,
    ...timeLeft(swarmsDone({ running, ...progress }) / progress.total, elapsedMs),
  ];
  return `${name}: ${parts.join(', ')}`;
}

function wantedBlocks(swarms: GridProgress['running']): number {
  return swarms.reduce((total, { peers, blocks }) => total + peers * blocks, 0);
}

/** How many swarms are done; a running one counts in part, by its blocks or, if those are not counted, complete peers. */
export function swarmsDone({ done, running }: Pick<GridProgress, 'done' | 'running'>): number {
  return running.reduce((total, { peers, blocks, complete, blocksTransferred }) => {
    const part = blocksTransferred === undefined ? complete / peers : blocksTransferred / (peers * blocks);
    return total + Math.min(1, part);
  }, done);
}

/** Empty while the estimate would be a guess. */
function timeLeft(part: number, elapsedMs: number): string[] {
  if (part < 0.05 || part >= 1 || elapsedMs < 2_000) return [];
  return [`about ${Math.ceil((elapsedMs * (1 - part)) / part / 1000)} s left`];
}
