import { expect } from 'chai';
import { swarmDeadlineMs } from './swarm-deadline.ts';

const paperTiming = { startMs: 1000, unchokeMs: 10_000, infoMs: 15_000, peersMs: 3000, blockMs: 3000 };
const fast = { startMs: 0, unchokeMs: 300, infoMs: 450, peersMs: 90, blockMs: 0 };

describe('swarmDeadlineMs', () => {
  it("leaves the paper's runs time for lost loops: its slowest peer took 76 s instead of 55 s", () => {
    expect(swarmDeadlineMs(paperTiming, { peers: 5, blocks: 20, fileBytes: 11_000 })).to.be.within(
      2 * 76_000,
      5 * 76_000,
    );
    expect(swarmDeadlineMs(paperTiming, { peers: 5, blocks: 200, fileBytes: 11_000 })).to.be.above(2 * 597_000);
  });

  it('is short for a small swarm at full speed', () => {
    expect(swarmDeadlineMs(fast, { peers: 3, blocks: 20, fileBytes: 11_000 })).to.be.below(30_000);
  });

  it('grows with the peers, the blocks and the file', () => {
    const work = { peers: 3, blocks: 100, fileBytes: 1e6 };
    const base = swarmDeadlineMs(fast, work);
    const slow = { links: { bytesPerSecond: 10_000 } };
    for (const more of [{ peers: 30 }, { blocks: 1000 }, { fileBytes: 1e9 }, { links: { latencyMs: 50 } }, slow]) {
      expect(swarmDeadlineMs(fast, { ...work, ...more })).to.be.above(base);
    }
  });
});
