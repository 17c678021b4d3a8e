import { expect } from 'chai';
import { benchmarkOf } from '../test-support/example-results.ts';
import { swarmCell } from '../test-support/example-swarm.ts';
import { largeSwarmSentences, missingReplaySentences } from './large-swarms.ts';

describe('the sentences about large swarms', () => {
  it('are absent for small swarms', () => {
    const result = benchmarkOf(swarmCell(3, 20));
    expect(largeSwarmSentences(result)).to.deep.equal([]);
    expect(missingReplaySentences(result.cells, 60)).to.deep.equal([]);
  });

  it('give the longer intervals, and the peers per process', () => {
    const intervals = { unchokeMs: 1800, infoMs: 2700, peersMs: 540, paceMs: 0 };
    const cells = [20, 100].map((blocks) => ({ ...swarmCell(300, blocks), intervals, peersPerProcess: 100 }));
    expect(largeSwarmSentences(benchmarkOf(...cells))).to.deep.equal([
      '300 peers shared processes (100 in each) and used longer intervals (1800 ms for choking, 2700 for have_blocks_info, 540 for get_peers).',
    ]);
  });

  it('name the swarms that are too large for a replay', () => {
    expect(missingReplaySentences([swarmCell(3, 20)], 59)).to.deep.equal([
      '3 peers × 20 blocks: 60 blocks were transferred, too many for a replay here; see the JSON result.',
    ]);
  });
});
