import { expect } from 'chai';
import { swarmCell } from '../../test-support/example-swarm.ts';
import { downloadCurves } from '../bench/curve-chart.ts';
import { maxTransfers, swarmToReplay } from './swarm-to-replay.ts';
import { blocksHeld, edgeKey, edgeOf, edgesBetween, transfersUntil, type ReplaySwarm } from './replay-swarm.ts';

/** Peer 0 gets blocks 0 and 1 from the tracker, peer 1 gets block 0 twice from peer 0. */
const swarm: ReplaySwarm = {
  name: 'a swarm',
  peerIds: ['ana', 'bia'],
  blocks: 2,
  endMs: 40,
  atMs: [10, 20, 20, 30],
  to: [0, 0, 1, 1],
  from: [-1, -1, 0, 0],
  block: [0, 1, 0, 0],
};

describe('ReplaySwarm', () => {
  it('counts the transfers by a time', () => {
    expect([0, 9.9, 10, 20, 29, 100].map((ms) => transfersUntil(swarm, ms))).to.deep.equal([0, 0, 1, 3, 3, 4]);
  });

  it('counts a block that was received twice once', () => {
    expect([0, 2, 3, 4].map((transfers) => blocksHeld(swarm, transfers))).to.deep.equal([
      [0, 0],
      [2, 0],
      [2, 1],
      [2, 1],
    ]);
  });

  it('counts the blocks over each edge', () => {
    expect([...edgesBetween(swarm, 1, 4)].map(([key, count]) => [edgeOf(key), count])).to.deep.equal([
      [{ from: -1, to: 0 }, 1],
      [{ from: 0, to: 1 }, 2],
    ]);
    expect(edgeOf(edgeKey(1999, 0))).to.deep.equal({ from: 1999, to: 0 });
  });

  it('has a curve per peer, which ends at the number of its blocks', () => {
    const [ana = [], bia = []] = downloadCurves(swarm);
    expect([ana[0], ana.at(-1), bia.at(-1)]).to.deep.equal([
      [0, 0],
      [0.04, 2],
      [0.04, 1],
    ]);
    expect(ana.find(([, held]) => held === 2)?.[0]).to.be.closeTo(0.02, 0.001);
  });

  it('is the first sample with transfers, unless they are too many', () => {
    const cell = swarmCell(3, 20, 2);
    expect(swarmToReplay(cell)).to.include({ name: '3 peers × 20 blocks, sample 3', blocks: 20 });
    const long = new Array<number>(maxTransfers + 1).fill(0);
    for (const { transfers } of cell.samples) if (transfers) transfers.atMs = long;
    expect(swarmToReplay(cell)).to.equal(undefined);
    expect(swarmToReplay({ ...cell, samples: [] })).to.equal(undefined);
  });
});
