import { expect } from 'chai';
import { alone, besideOthers } from './quiet.ts';

/** Work that ends on command, and whether it has begun. */
function pendingWork(): { run: () => Promise<void>; end: () => void; hasBegun: () => boolean } {
  let begun = false;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const run = (): Promise<void> => {
    begun = true;
    return ended;
  };
  return { run, end, hasBegun: () => begun };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('alone', () => {
  it('runs when nothing else does, and lets what comes meanwhile wait', async () => {
    const [first, single, second] = [pendingWork(), pendingWork(), pendingWork()];
    const done = [besideOthers(first.run), alone(single.run)];
    await turn();
    expect([first.hasBegun(), single.hasBegun()]).to.deep.equal([true, false]);
    first.end();
    await turn();
    expect(single.hasBegun()).to.equal(true);
    done.push(besideOthers(second.run));
    await turn();
    expect(second.hasBegun()).to.equal(false);
    single.end();
    second.end();
    await Promise.all(done);
    expect(second.hasBegun()).to.equal(true);
  });

  it('goes on after work that fails', async () => {
    const failing = alone(() => Promise.reject(new Error('no'))).catch((error: unknown) => (error as Error).message);
    expect(await failing).to.equal('no');
    expect(await alone(() => Promise.resolve(3))).to.equal(3);
  });
});
