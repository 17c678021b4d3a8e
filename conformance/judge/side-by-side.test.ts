import { expect } from 'chai';
import type { LimitFunction } from 'p-limit';
import { sideBySide } from './side-by-side.ts';

describe('sideBySide', () => {
  /** A run that ends on command, and the concurrency that it was given. */
  function pendingRun(): {
    run: (limit: LimitFunction) => Promise<number>;
    end: () => void;
    jobs: () => number | undefined;
  } {
    let given: LimitFunction | undefined;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const run = async (limit: LimitFunction): Promise<number> => {
      given = limit;
      await ended;
      return limit.concurrency;
    };
    return { run, end, jobs: () => given?.concurrency };
  }

  it('divides the jobs equally, and gives those of a finished workload to the others', async () => {
    const [one, two, three] = [pendingRun(), pendingRun(), pendingRun()];
    const done = sideBySide(
      [one, two, three].map(({ run }) => ({ maxJobs: 100, run })),
      8,
    );
    await Promise.resolve();
    expect([one.jobs(), two.jobs(), three.jobs()]).to.deep.equal([3, 3, 2]);
    one.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect([two.jobs(), three.jobs()]).to.deep.equal([4, 4]);
    two.end();
    three.end();
    expect(await done).to.have.length(3);
  });

  it('gives no workload more jobs than it can use', async () => {
    const one = pendingRun();
    const done = sideBySide([{ maxJobs: 2, run: one.run }], 8);
    await Promise.resolve();
    expect(one.jobs()).to.equal(2);
    one.end();
    await done;
  });

  it('lets a hanging workload hold up no other', async () => {
    const hanging = pendingRun();
    const quick = Array.from({ length: 12 }, () => pendingRun());
    for (const { end } of quick) end();
    const order: string[] = [];
    const workloads = [hanging, ...quick].map(({ run }, at) => ({
      maxJobs: 4,
      run: (limit: LimitFunction) => run(limit).then(() => order.push(at === 0 ? 'hanging' : 'quick')),
    }));
    const done = sideBySide(workloads, 2);
    while (order.length < 12) await new Promise((resolve) => setImmediate(resolve));
    hanging.end();
    await done;
    expect(order.at(-1)).to.equal('hanging');
  });
});
