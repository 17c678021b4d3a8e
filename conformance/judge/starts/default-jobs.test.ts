import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadImplementation } from '../../../launch/manifest/load-implementation.ts';
import { packageRoot } from '../../../launch/package-root.ts';
import { defaultJobs } from './default-jobs.ts';

describe('defaultJobs', () => {
  it('counts the start of a program as processor time, so that no more start than the processors can serve', async () => {
    const implementation = await loadImplementation(join(packageRoot, 'impl/python'));
    const cores = availableParallelism();
    const light = { ms: 150, cpuMs: 90 };
    expect(defaultJobs(implementation, light))
      .to.equal(defaultJobs(implementation))
      .and.to.equal(5 * cores);
    const heavy = defaultJobs(implementation, { ms: 3_000, cpuMs: 3_000 });
    expect(heavy)
      .to.be.at.least(cores)
      .and.below(2 * cores);
  });
});
