import { expect } from 'chai';
import { benchmarkOf } from '../test-support/example-results.ts';
import { swarmCell } from '../test-support/example-swarm.ts';
import { largeSwarmSentences, missingReplaySentences } from './large-swarms.ts';

describe('what is said of large swarms', () => {
  it('is nothing of small ones', () => {
    const result = benchmarkOf(swarmCell(3, 20));
    expect(largeSwarmSentences(result)).to.deep.equal([]);
    expect(missingReplaySentences(result.cells, 60)).to.deep.equal([]);
  });

  it('is how long their intervals were, and how many peers were in a process', () => {
    const intervals = { unchokeMs: 1800, infoMs: 2700, peersMs: 540, paceMs: 0 };
    const cells = [20, 100].map((blocks) => ({ ...swarmCell(300, blocks), intervals, peersPerProcess: 100 }));
    expect(largeSwarmSentences(benchmarkOf(...cells))).to.deep.equal([
      '300 peers shared processes (100 in each) and were told longer intervals (1800 ms for choking, 2700 for have_blocks_info, 540 for get_peers).',
    ]);
  });

  it('is that a page has no replay of what would make it slow', () => {
    expect(missingReplaySentences([swarmCell(3, 20)], 59)).to.deep.equal([
      '3 peers × 20 blocks: 60 blocks were handed over, too many to be replayed here; the JSON has them.',
    ]);
  });
});
