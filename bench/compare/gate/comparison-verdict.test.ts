import { expect } from 'chai';
import type { ComparedBatch, ComparedMessages, ComparedRound, ComparedTask } from '../../../schemas/types.ts';
import { batchOf, isBatchOver, roundOf, wantsSecondBatch } from './batch.ts';
import { judgeComparison, type CompareEvidence } from './comparison-verdict.ts';

const scatter = [4, -3, 0, 2, -1, 5, -4, 1, 3, -2, 0, -5];

/** Twelve rounds of one cell, in which head takes this much longer, in percent, with some scatter. */
function rounds(slowerPercent: number, times = 0.2): ComparedBatch['rounds'] {
  return scatter.map((by) => {
    const headMs = 1000 * (1 + (slowerPercent + times * by) / 100);
    return roundOf([{ base: { windowMs: 1000, failures: [] }, head: { windowMs: headMs, failures: [] } }], 5, 'base');
  });
}

/** A round in which the host took this much CPU time from each side, in percent, while each wanted half of it. */
function stolenRound(base: number, head: number): ComparedRound {
  const swarm = (stealPercent: number) => ({
    windowMs: 1000 + stealPercent,
    failures: [],
    stealPercent,
    wantedCpuPercent: 50,
  });
  return roundOf([{ base: swarm(base), head: swarm(head) }], 5);
}

const headFails = { base: { windowMs: 1000, failures: [] }, head: { failures: ['peer2: exited with code 1'] } };
const failing = roundOf([headFails], 5);
const bothFail = roundOf([{ base: { failures: ['peer1: deadline'] }, head: { failures: ['peer1: deadline'] } }], 5);

function verdict(batches: ComparedBatch[], rest: Partial<CompareEvidence> = {}): [string, number, string] {
  const judged = judgeComparison({ batches, messages: [], counting: false, floorPercent: 5, obstacles: [], ...rest });
  return [judged.verdict, judged.exitCode, judged.reasons.join(' ')];
}

const batch = (slowerPercent: number, times?: number): ComparedBatch => batchOf(rounds(slowerPercent, times), 5, 0);

describe('judgeComparison', () => {
  it('gives exit code 1 if two batches show a slowdown, 0 if they show a speed-up', () => {
    expect(verdict([batch(10), batch(9)])).to.deep.equal(['slower', 1, 'Head is slower than base.']);
    expect(verdict([batch(-10), batch(-9)]).slice(0, 2)).to.deep.equal(['faster', 0]);
  });

  it('gives exit code 0 if nothing changed, or nothing in the second batch', () => {
    expect(verdict([batch(0)])).to.deep.equal([
      'same',
      0,
      'Head is not slower: a slowdown of 10 % would have been detected.',
    ]);
    expect(verdict([batch(10), batch(0)]).slice(0, 2)).to.deep.equal(['same', 0]);
  });

  it('gives exit code 3 in noise, and says what helps', () => {
    const [change, code, reasons] = verdict([batch(0, 10)]);
    expect([change, code]).to.deep.equal(['cannot tell', 3]);
    expect(reasons).to.contain('10 %').and.contain('--rounds');
  });

  it('gives exit code 3 if too much CPU time was stolen, whatever the times are', () => {
    const stolen = batchOf(rounds(0), 5, 27.5);
    expect(verdict([stolen]))
      .to.deep.include(3)
      .and.satisfy(([, , why]: string[]) => why?.includes('27.5 %'));
  });

  it('gives exit code 3 below eight complete rounds, and quotes a failure of base', () => {
    const few = batchOf([...rounds(0).slice(0, 7), ...Array.from({ length: 5 }, () => bothFail)], 5, 0);
    expect(verdict([few])[1]).to.equal(3);
    expect(verdict([few])[2])
      .to.contain('only 7 rounds')
      .and.contain('peer1: deadline');
  });

  it('gives exit code 3 if too many rounds were disturbed', () => {
    const few = batchOf([...rounds(0).slice(0, 7), ...Array.from({ length: 17 }, () => stolenRound(12, 4))], 5, 8);
    expect(verdict([few])).to.deep.equal([
      'cannot tell',
      3,
      'In 17 of 24 rounds the host took more CPU time from one side than from the other, by more than 5 %; a verdict needs 8 undisturbed rounds.',
    ]);
  });

  it('gives exit code 3 if the sides cannot be compared, whatever a first batch shows', () => {
    const messages = [{ peers: 3, blocks: 40, action: 'other' as const, base: 3, head: 4, increased: true }];
    expect(verdict([batch(10)], { messages, obstacles: ['The run was interrupted.'] })).to.deep.equal([
      'cannot tell',
      3,
      'The run was interrupted.',
    ]);
    const microObstacle = 'The micro-benchmarks were interrupted.';
    expect(verdict([batch(0)], { microObstacle })).to.deep.equal(['same', 3, microObstacle]);
    expect(verdict([batch(10), batch(9)], { microObstacle })[1]).to.equal(1);
  });

  it('gives exit code 1 if a peer of head fails once while base completes, before anything else', () => {
    const once = batchOf([...rounds(0).slice(1), failing], 5, 50);
    expect(verdict([once], { obstacles: ['x'] })[1]).to.equal(1);
    expect(verdict([once])[2]).to.contain('peer2: exited with code 1');
  });

  it('gives exit code 1 for more messages or slower micro-benchmarks', () => {
    const more: ComparedMessages = { peers: 3, blocks: 40, action: 'get_peers', base: 3, head: 4, increased: true };
    expect(verdict([batch(0)], { messages: [more] })[2]).to.equal(
      'More get_peers in 3 × 40: 4 instead of 3 per swarm, in every round.',
    );
    const task: ComparedTask = { task: 'hashing', change: 'slower', baseMs: 1, headMs: 2, verdicts: [], warnings: [] };
    expect(verdict([batch(0)], { micro: [task] })).to.deep.equal(['same', 1, 'Slower: hashing.']);
  });

  it('gives exit code 3 if messages could not be counted, or a measurement is unreliable', () => {
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
    expect(verdict([batch(0)], { micro: [task] })).to.deep.equal(['same', 3, 't: the measurement is unreliable: w.']);
    expect(verdict([batch(0)], { micro: [{ ...task, warnings: [] }] })[1]).to.equal(0);
  });
});

describe('roundOf', () => {
  it('drops the times of a round in which the host took more CPU time from one side, beyond the floor', () => {
    expect(stolenRound(0, 5.1)).to.include({ disturbed: true }).and.not.to.have.property('logRatio');
    expect(stolenRound(5.1, 0)).to.include({ disturbed: true });
    expect(stolenRound(20, 24.9))
      .to.have.property('logRatio')
      .that.is.closeTo(Math.log(1024.9 / 1020), 1e-9);
  });

  it('accepts a head that wants more CPU time and loses the same fraction of it', () => {
    const base = { windowMs: 1000, failures: [], stealPercent: 6, wantedCpuPercent: 40 };
    const head = { windowMs: 1200, failures: [], stealPercent: 15, wantedCpuPercent: 95 };
    expect(roundOf([{ base, head }], 3)).to.have.property('logRatio');
  });

  it('tolerates a difference of one percent, however low the floor is', () => {
    const base = { windowMs: 1000, failures: [], stealPercent: 0, wantedCpuPercent: 40 };
    const head = { windowMs: 1000, failures: [], stealPercent: 0.9, wantedCpuPercent: 40 };
    expect(roundOf([{ base, head }], 0)).to.have.property('logRatio', 0);
  });

  it('averages over the cells of a round', () => {
    const cells = [stolenRound(10, 2), stolenRound(2, 10)].flatMap((round) => round.cells);
    expect(roundOf(cells, 5)).not.to.have.property('disturbed');
  });
});

describe('isBatchOver', () => {
  const times = (number: number, round: ComparedRound): ComparedRound[] => Array.from({ length: number }, () => round);

  it('is true after all rounds, after a failure of head alone, or if too few rounds are left', () => {
    expect(isBatchOver(rounds(0).slice(1), 12)).to.equal(false);
    expect(isBatchOver(rounds(0), 12)).to.equal(true);
    expect(isBatchOver([...rounds(0), failing], 20)).to.equal(true);
    expect(isBatchOver(times(4, bothFail), 12)).to.equal(false);
    expect(isBatchOver(times(5, bothFail), 12)).to.equal(true);
  });

  it('lets disturbed rounds be repeated, at most as many as there are rounds', () => {
    const disturbed = stolenRound(20, 2);
    expect(isBatchOver([...rounds(0).slice(1), ...times(12, disturbed)], 12)).to.equal(false);
    expect(isBatchOver([...rounds(0), ...times(3, disturbed)], 12)).to.equal(true);
    expect(isBatchOver([...rounds(0).slice(2), ...times(14, disturbed)], 12)).to.equal(true);
  });

  it('counts a failure of head in a disturbed round', () => {
    const { cells } = stolenRound(20, 2);
    expect(isBatchOver([roundOf([...cells, headFails], 5)], 12)).to.equal(true);
  });
});

describe('wantsSecondBatch', () => {
  it('is true for changes only', () => {
    expect([batch(10), batch(-10), batch(0)].map((first) => wantsSecondBatch(first, []))).to.deep.equal([
      true,
      true,
      false,
    ]);
  });
});
