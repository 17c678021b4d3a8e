import { expect } from 'chai';
import { microTable } from './format.ts';
import { measure } from './measure.ts';
import { tasks } from './tasks.ts';

describe('micro-benchmarks', () => {
  it('measure framing, encoding, parsing, hashing, rarest-first and choking, with a median and a spread each', async () => {
    const results = await measure(tasks, 1);
    expect(new Set(results.map(({ name }) => name.split(':')[0]))).to.deep.equal(
      new Set(['framing', 'encoding', 'parsing', 'hashing', 'rarest first', 'choking']),
    );
    for (const { medianMs, spreadMs, p99Ms } of results) {
      expect(medianMs).to.be.above(0);
      expect(spreadMs).to.be.at.least(0);
      expect(p99Ms).to.be.at.least(medianMs);
    }
  });

  it('are printed with units, and with warnings', () => {
    const rest = { samples: 64, spreadMs: 0.000_1, p99Ms: 0.003, warnings: ['low-distinct'] };
    const text = microTable([{ name: 'task', medianMs: 0.001_234, ...rest }]);
    expect(text).to.match(/task +1\.23 µs +± 8\.1 % +3\.00 µs +64/);
    expect(text).to.contain('warning: task: low-distinct');
  });
});
