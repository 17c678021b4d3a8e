import { expect } from 'chai';
import type { ComparedBatch, ComparedMessages, ComparedTask } from '../../schemas/types.ts';
import { batchOf, isDecided, roundOf, wantsSecondBatch } from './batch.ts';
import { judge, type Evidence } from './judgement.ts';

const scatter = [4, -3, 0, 2, -1, 5, -4, 1, 3, -2, 0, -5];

/** Twelve rounds of one cell, in which head takes this much longer, in percent, give or take the scatter. */
function rounds(slowerPercent: number, times = 0.2): ComparedBatch['rounds'] {
  return scatter.map((by) => {
    const headMs = 1000 * (1 + (slowerPercent + times * by) / 100);
    return roundOf([{ base: { windowMs: 1000, failures: [] }, head: { windowMs: headMs, failures: [] } }], 'base');
  });
}

const failing = roundOf([
  { base: { windowMs: 1000, failures: [] }, head: { failures: ['peer2: exited with code 1'] } },
]);
const bothFail = roundOf([{ base: { failures: ['peer1: deadline'] }, head: { failures: ['peer1: deadline'] } }]);

function verdict(batches: ComparedBatch[], rest: Partial<Evidence> = {}): [string, number, string] {
  const judged = judge({ batches, messages: [], counting: false, floorPercent: 5, obstacles: [], ...rest });
  return [judged.verdict, judged.exitCode, judged.reasons.join(' ')];
}

const batch = (slowerPercent: number, times?: number): ComparedBatch => batchOf(rounds(slowerPercent, times), 5, 0);

describe('judge', () => {
  it('ends with 1 where two batches show a slowdown, with 0 where they show a gain', () => {
    expect(verdict([batch(10), batch(9)])).to.deep.equal(['slower', 1, 'Head is slower than base.']);
    expect(verdict([batch(-10), batch(-9)]).slice(0, 2)).to.deep.equal(['faster', 0]);
  });

  it('ends with 0 where nothing changed, also where the second batch says so', () => {
    expect(verdict([batch(0)])).to.deep.equal([
      'same',
      0,
      'Head is not slower: a slowdown of 10 % would have been seen.',
    ]);
    expect(verdict([batch(10), batch(0)]).slice(0, 2)).to.deep.equal(['same', 0]);
  });

  it('ends with 3 in noise, and says what helps', () => {
    const [change, code, reasons] = verdict([batch(0, 10)]);
    expect([change, code]).to.deep.equal(['cannot tell', 3]);
    expect(reasons).to.contain('10 %').and.contain('--rounds');
  });

  it('ends with 3 where CPU time was stolen, whatever the times are', () => {
    const stolen = batchOf(rounds(0), 5, 27.5);
    expect(verdict([stolen]))
      .to.deep.include(3)
      .and.satisfy(([, , why]: string[]) => why?.includes('27.5 %'));
  });

  it('ends with 3 below eight rounds in which both sides completed, and quotes a failure of base', () => {
    const few = batchOf([...rounds(0).slice(0, 7), ...Array.from({ length: 5 }, () => bothFail)], 5, 0);
    expect(verdict([few])[1]).to.equal(3);
    expect(verdict([few])[2])
      .to.contain('7 rounds only')
      .and.contain('peer1: deadline');
  });

  it('ends with 1 where a peer of head fails once while base completes, before anything else', () => {
    const once = batchOf([...rounds(0).slice(1), failing], 5, 50);
    expect(verdict([once], { obstacles: ['x'] })[1]).to.equal(1);
    expect(verdict([once])[2]).to.contain('peer2: exited with code 1');
  });

  it('ends with 1 for messages and micro-benchmarks that got worse', () => {
    const more: ComparedMessages = { peers: 3, blocks: 40, action: 'get_peers', base: 3, head: 4, increased: true };
    expect(verdict([batch(0)], { messages: [more] })[2]).to.equal(
      'More get_peers in 3 × 40: 4 instead of 3 per swarm, in every round.',
    );
    const task: ComparedTask = { task: 'hashing', change: 'slower', baseMs: 1, headMs: 2, verdicts: [], warnings: [] };
    expect(verdict([batch(0)], { micro: [task] })).to.deep.equal(['same', 1, 'Slower: hashing.']);
  });

  it('ends with 3 where messages could not be counted, or a measurement is not to be trusted', () => {
    expect(verdict([batch(0)], { counting: true })[1]).to.equal(3);
    const interrupted = { counting: true, obstacles: ['The run was interrupted.'] };
    expect(verdict([batchOf([], 5, 0)], interrupted)[2]).to.equal('The run was interrupted.');
    const task: ComparedTask = {
      task: 't',
      change: 'cannot tell',
      baseMs: 1,
      headMs: 1,
      verdicts: [],
      warnings: ['w'],
    };
    expect(verdict([batch(0)], { micro: [task] })).to.deep.equal([
      'same',
      3,
      't: the measurement is not to be trusted: w.',
    ]);
    expect(verdict([batch(0)], { micro: [{ ...task, warnings: [] }] })[1]).to.equal(0);
  });
});

describe('isDecided', () => {
  it('ends a batch once head has failed alone, or too few rounds are left', () => {
    expect(isDecided([...rounds(0), failing], 20)).to.equal(true);
    expect(isDecided([bothFail, bothFail, bothFail, bothFail], 12)).to.equal(false);
    expect(isDecided([bothFail, bothFail, bothFail, bothFail, bothFail], 12)).to.equal(true);
  });
});

describe('wantsSecondBatch', () => {
  it('is for changes only', () => {
    expect([batch(10), batch(-10), batch(0)].map((first) => wantsSecondBatch(first, []))).to.deep.equal([
      true,
      true,
      false,
    ]);
  });
});
