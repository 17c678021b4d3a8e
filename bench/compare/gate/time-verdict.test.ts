import { expect } from 'chai';
import fc from 'fast-check';
import { confirmed, judgeTimes, logRatio } from './time-verdict.ts';

/** Twelve rounds around a change, with a scatter to either side, both in percent. */
function rounds(changePercent: number, scatterPercent: number): number[] {
  return Array.from({ length: 12 }, (_, at) => Math.log1p((changePercent + scatterPercent * (at / 5.5 - 1)) / 100));
}

describe('judgeTimes', () => {
  for (const [words, change, scatter, verdict] of [
    ['a clear slowdown', 10, 3, 'slower'],
    ['a clear gain', -10, 3, 'faster'],
    ['nothing, closely measured', 0, 3, 'same'],
    ['a slowdown below the floor, however clear', 4, 0.1, 'same'],
    ['a gain below the floor, however clear', -4, 0.1, 'same'],
    ['a slowdown above the floor that is not significant', 8, 40, 'cannot tell'],
    ['nothing, in noise', 0, 40, 'cannot tell'],
    ['a slowdown below the floor, in noise', 4, 12, 'cannot tell'],
  ] as const) {
    it(`calls ${words} "${verdict}"`, () => {
      expect(judgeTimes(rounds(change, scatter), 5).change).to.equal(verdict);
    });
  }

  it('gives the change with its bounds and p', () => {
    const { changePercent, leastPercent, mostPercent, pSlower, pFaster } = judgeTimes(rounds(10, 3), 5);
    expect(changePercent).to.be.closeTo(10, 0.1);
    expect(leastPercent).to.be.within(7, 9.9);
    expect(mostPercent).to.be.within(10.1, 13);
    expect([pSlower, pFaster]).to.deep.equal([1 / 4096, 1]);
  });

  it('gives no verdict on fewer than eight rounds', () => {
    expect(judgeTimes(rounds(50, 1).slice(0, 7), 5)).to.include({ change: 'cannot tell', rounds: 7 });
    expect(judgeTimes([], 5)).to.include({ change: 'cannot tell', rounds: 0 });
  });

  it('mirrors its verdict when the sides are exchanged', () => {
    const ratios = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 14 });
    fc.assert(
      fc.property(ratios, (values) => {
        const there = judgeTimes(values, 5).change;
        const back = judgeTimes(
          values.map((value) => -value),
          5,
        ).change;
        expect(there === 'slower').to.equal(back === 'faster');
      }),
    );
  });
});

describe('logRatio', () => {
  it('gives long and short cells the same weight', () => {
    const cells = [
      { baseMs: 100, headMs: 200 },
      { baseMs: 20_000, headMs: 10_000 },
    ];
    expect(logRatio(cells)).to.be.closeTo(0, 1e-12);
  });
});

describe('confirmed', () => {
  it('accepts a change that both batches show', () => {
    expect(confirmed('slower', 'slower')).to.equal('slower');
    expect(confirmed('faster', 'faster')).to.equal('faster');
  });

  it('follows the second batch without a change, and neither if they contradict each other', () => {
    expect(confirmed('slower', 'same')).to.equal('same');
    expect(confirmed('slower', 'cannot tell')).to.equal('cannot tell');
    expect(confirmed('slower', 'faster')).to.equal('cannot tell');
    expect(confirmed('same', undefined)).to.equal('same');
  });

  it('rejects a change that only the second batch shows', () => {
    expect(confirmed('same', 'slower')).to.equal('cannot tell');
    expect(confirmed('cannot tell', 'faster')).to.equal('cannot tell');
  });
});
