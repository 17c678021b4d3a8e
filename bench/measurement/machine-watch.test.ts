import { expect } from 'chai';
import { MachineWatch, parseCpuTicks } from './machine-watch.ts';

describe('MachineWatch', () => {
  it('reports the load, the CPU time of the harness, and the steal where it is known', () => {
    const watch = new MachineWatch();
    const { loadAverage, harnessCpuMs, stealPercent } = watch.soFar();
    expect(loadAverage).to.be.at.least(0);
    expect(harnessCpuMs).to.be.at.least(0);
    expect(stealPercent ?? 0).to.be.within(0, 100);
  });

  it('parses /proc/stat', () => {
    expect(parseCpuTicks('cpu  10 20 30 400 5 6 7 22 1 1\ncpu0 1 2 3 4 5 6 7 8 9 10\n')).to.deep.equal({
      all: 500,
      steal: 22,
      wanted: 95,
    });
    expect(parseCpuTicks('cpu  10 20 30 400\n')).to.equal(undefined);
    expect(parseCpuTicks('intr 1 2 3 4 5 6 7 8')).to.equal(undefined);
  });
});
