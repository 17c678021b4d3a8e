import { expect } from 'chai';
import { comparison } from '../../test-support/example-comparison.ts';
import { bencherMetrics } from './bencher.ts';
import { benchmarkAction } from './benchmark-action.ts';

const swarm = 'example: 3 peers × 40 blocks';

describe('files for dashboards', () => {
  it('for github-action-benchmark list values of which less is better', () => {
    const entries = benchmarkAction(comparison());
    expect(entries[0]).to.deep.equal({ name: `${swarm}, time`, unit: 'ms', value: 1055.5, range: '± 2.8' });
    expect(entries.slice(1).map(({ name, unit, value }) => [name, unit, value])).to.deep.equal([
      [`${swarm}, register`, 'requests', 3],
      [`${swarm}, get_peers`, 'requests', 20.5],
      [`${swarm}, announce_block`, 'requests', 360],
      [`${swarm}, other`, 'requests', 3],
    ]);
  });

  it('for Bencher have measures by benchmark, with quartiles as bounds', () => {
    const metrics = bencherMetrics(comparison());
    expect(metrics[`${swarm}, time`]).to.deep.equal({
      latency: { value: 1055.5e6, lower_value: 1052.75e6, upper_value: 1058.25e6 },
    });
    expect(metrics[`${swarm}, announce_block`]).to.deep.equal({ requests: { value: 360 } });
  });

  it('have each name once, and only what was measured', () => {
    const names = benchmarkAction(comparison()).map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    expect(benchmarkAction(comparison({ batches: [], messages: [] }))).to.deep.equal([]);
  });
});
