import { expect } from 'chai';
import type { LimitFunction } from 'p-limit';
import { sideBySide } from './side-by-side.ts';

describe('sideBySide', () => {
  /** Work that ends when it is told to, and the limit that it was given. */
  function held(): {
    work: (limit: LimitFunction) => Promise<number>;
    end: () => void;
    jobs: () => number | undefined;
  } {
    let given: LimitFunction | undefined;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const work = async (limit: LimitFunction): Promise<number> => {
      given = limit;
      await ended;
      return limit.concurrency;
    };
    return { work, end, jobs: () => given?.concurrency };
  }

  it('divides the cases evenly, and gives the share of one that is done to the rest', async () => {
    const [one, two, three] = [held(), held(), held()];
    const done = sideBySide(
      [one, two, three].map(({ work }) => ({ most: 100, work })),
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

  it('gives none more than it can use', async () => {
    const one = held();
    const done = sideBySide([{ most: 2, work: one.work }], 8);
    await Promise.resolve();
    expect(one.jobs()).to.equal(2);
    one.end();
    await done;
  });

  it('lets one that hangs hold up nobody else', async () => {
    const hanging = held();
    const quick = Array.from({ length: 12 }, () => held());
    for (const { end } of quick) end();
    const order: string[] = [];
    const shares = [hanging, ...quick].map(({ work }, at) => ({
      most: 4,
      work: (limit: LimitFunction) => work(limit).then(() => order.push(at === 0 ? 'hanging' : 'quick')),
    }));
    const done = sideBySide(shares, 2);
    while (order.length < 12) await new Promise((resolve) => setImmediate(resolve));
    hanging.end();
    await done;
    expect(order.at(-1)).to.equal('hanging');
  });
});
