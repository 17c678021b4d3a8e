import { expect } from 'chai';
import { setTimeout as wait } from 'node:timers/promises';
import { wasStarvedSince } from './starvation.ts';

describe('wasStarvedSince', () => {
  it('tells that this process did not run for long, at once and later', async () => {
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < 800); // Nothing else runs meanwhile.
    expect(wasStarvedSince(startedAtMs)).to.equal(true);
    await wait(150);
    expect(wasStarvedSince(startedAtMs)).to.equal(true);
  });

  it('ignores what happened before', async () => {
    const busyAtMs = performance.now();
    while (performance.now() - busyAtMs < 800); // As above.
    await wait(150);
    expect(wasStarvedSince(performance.now() + 1)).to.equal(false);
  });
});
