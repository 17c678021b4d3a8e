import { expect } from 'chai';
import { parseResources, processResources } from './process-resources.ts';

const fields = 'S 1 42 42 0 -1 4194304 500 0 0 0 150 25 3 2 20 0 1 0 12345 1000000 250';

describe('processResources', () => {
  if (process.platform === 'linux') {
    it('measures a running process', () => {
      const used = processResources(process.pid);
      expect(used?.cpuMs).to.be.within(10, 3_600_000);
      expect(used?.peakMemoryBytes).to.be.within(2 ** 20, 2 ** 36);
    });
  }

  it('is undefined for a process that does not exist', () => {
    expect(processResources(2 ** 30)).to.equal(undefined);
  });

  it('parses a program name with spaces and parentheses', () => {
    const status = 'Name:\tx\nVmHWM:\t    2048 kB\n';
    const expected = { cpuMs: 1800, peakMemoryBytes: 2048 * 1024 };
    expect(parseResources(`42 (node) ${fields}`, status)).to.deep.equal(expected);
    expect(parseResources(`42 (a) S 1 (b) 7) ${fields}`, status)).to.deep.equal(expected);
  });

  it('is undefined for a zombie', () => {
    expect(parseResources(`42 (node) ${fields}`, 'Name:\tnode\nState:\tZ (zombie)\n')).to.equal(undefined);
  });
});
