import { availableParallelism } from 'node:os';
import { expect } from 'chai';
import { StartSlots, startsAtOnce } from './start-slots.ts';

describe('StartSlots', () => {
  it('let the given number of programs start at a time, the others in order', async () => {
    const slots = new StartSlots(1);
    const order: string[] = [];
    const release = await slots.take();
    const waiting = ['a', 'b'].map(async (name) => {
      const done = await slots.take();
      order.push(name);
      done();
    });
    expect(order).to.deep.equal([]);
    release();
    release();
    await Promise.all(waiting);
    expect(order).to.deep.equal(['a', 'b']);
  });

  it('are as many as the processors can serve, and without a limit for light programs', () => {
    const cores = availableParallelism();
    expect(startsAtOnce({ ms: 3_000, cpuMs: 3_000 })).to.equal(cores);
    // Long only because the machine was busy.
    expect(startsAtOnce({ ms: 30_000, cpuMs: 3_000 })).to.equal(cores);
    expect(startsAtOnce({ ms: 3_000, cpuMs: 90 })).to.equal(Infinity);
  });
});
