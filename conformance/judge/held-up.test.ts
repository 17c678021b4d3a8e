import { expect } from 'chai';
import { setTimeout as wait } from 'node:timers/promises';
import { wasHeldUpSince } from './held-up.ts';

describe('wasHeldUpSince', () => {
  it('tells that this process was kept from running for long, at once and later', async () => {
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < 800); // Nothing else runs meanwhile.
    expect(wasHeldUpSince(startedAtMs)).to.equal(true);
    await wait(150);
    expect(wasHeldUpSince(startedAtMs)).to.equal(true);
  });

  it('tells nothing of what was before', async () => {
    const busyAtMs = performance.now();
    while (performance.now() - busyAtMs < 800); // As above.
    await wait(150);
    expect(wasHeldUpSince(performance.now() + 1)).to.equal(false);
  });
});
