import type { GridProgress } from '../../bench/grid/grid.ts';
import { count, plural } from '../figures.ts';

/** What the swarms that run have come to, and how long it will take if it goes on like this. */
export function progressText({ running, ...progress }: GridProgress, sinceMs: number): string {
  const sum = (of: (swarm: GridProgress['running'][number]) => number): number =>
    running.reduce((total, swarm) => total + of(swarm), 0);
  const [one] = running;
  const name = running.length === 1 && one ? swarmName(one.peers, one.blocks) : plural(running.length, 'swarm');
  const peers = sum((swarm) => swarm.peers);
  const counted = running.filter(({ blocksTransferred }) => blocksTransferred !== undefined);
  const parts = [
    ...[`${count(sum(({ started }) => started))} of ${plural(peers, 'peer')} started`],
    ...(counted.length > 0
      ? [`${count(sum((swarm) => swarm.blocksTransferred ?? 0))} of ${count(blocksOf(counted))} blocks`]
      : []),
    `${count(sum(({ complete }) => complete))} complete`,
    ...timeLeft(swarmsDone({ running, ...progress }) / progress.total, sinceMs),
  ];
  return `${name}: ${parts.join(', ')}`;
}

export function swarmName(peers: number, blocks: number): string {
  return `${plural(peers, 'peer')} × ${plural(blocks, 'block')}`;
}

function blocksOf(swarms: GridProgress['running']): number {
  return swarms.reduce((total, { peers, blocks }) => total + peers * blocks, 0);
}

/** In swarms; one that runs counts by its blocks, or by its complete peers where blocks are not seen. */
export function swarmsDone({ done, running }: Pick<GridProgress, 'done' | 'running'>): number {
  return running.reduce((total, { peers, blocks, complete, blocksTransferred }) => {
    const share = blocksTransferred === undefined ? complete / peers : blocksTransferred / (peers * blocks);
    return total + Math.min(1, share);
  }, done);
}

/** Said only where it is more than a guess. */
function timeLeft(share: number, sinceMs: number): string[] {
  if (share < 0.05 || share >= 1 || sinceMs < 2_000) return [];
  return [`about ${Math.ceil((sinceMs * (1 - share)) / share / 1000)} s left`];
}
