import { expect } from 'chai';
import fc from 'fast-check';
import { LineSchedule } from './line-schedule.ts';

describe('LineSchedule', () => {
  it('delays everything by its latency, whatever its size', () => {
    const line = new LineSchedule({ latencyMs: 5 });
    expect([line.arrivalMs(0, 10), line.arrivalMs(0, 1e9), line.arrivalMs(2.5, 0)]).to.deep.equal([5, 5, 7.5]);
  });

  it('sends bytes one after the other, and is free again after the last', () => {
    const line = new LineSchedule({ latencyMs: 5, bytesPerSecond: 1_000_000 });
    expect(line.arrivalMs(0, 1000)).to.equal(6);
    expect(line.arrivalMs(0, 2000)).to.equal(8);
    expect(line.arrivalMs(1, 0)).to.equal(8);
    expect(line.arrivalMs(100, 1000)).to.equal(106);
  });

  it('delays nothing without a shape', () => {
    expect(new LineSchedule({}).arrivalMs(3, 1e12)).to.equal(3);
  });

  it('keeps the order, and never exceeds its bandwidth however the bytes are cut', () => {
    const sent = fc.tuple(fc.nat(50), fc.nat(100_000));
    fc.assert(
      fc.property(
        fc.array(sent, { minLength: 1 }),
        fc.nat(20),
        fc.integer({ min: 1, max: 1e9 }),
        (all, latencyMs, rate) => {
          const line = new LineSchedule({ latencyMs, bytesPerSecond: rate });
          let nowMs = 0;
          let total = 0;
          let lastMs = 0;
          for (const [pauseMs, bytes] of all) {
            nowMs += pauseMs;
            total += bytes;
            const arrivalMs = line.arrivalMs(nowMs, bytes);
            expect(arrivalMs).to.be.at.least(Math.max(lastMs, nowMs + latencyMs));
            expect(arrivalMs - latencyMs + 1e-6).to.be.at.least((total / rate) * 1000);
            lastMs = arrivalMs;
          }
        },
      ),
    );
  });
});
