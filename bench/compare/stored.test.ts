import { expect } from 'chai';
import { benchmarkOf, cellOf, completeRow } from '../../reports/test-support/example-results.ts';
import type { BenchmarkResult } from '../../schemas/types.ts';
import { checkDocument } from '../../schemas/validate.ts';
import { compareStored } from './stored.ts';

const scatter = [4, -3, 0, 2, -1, 5, -4, 1, 3, -2, 0, -5];

/** Twelve samples of two peers without the relay, around this time. */
function result(milliseconds: number, pass: 'timing' | 'counting' = 'timing'): BenchmarkResult {
  const rows = scatter.map((by) => ['peer1', 'peer2'].map((peer) => completeRow(peer, milliseconds + by, 40, 60)));
  const cell = cellOf(2, 20, ...rows);
  return benchmarkOf({ ...cell, samples: cell.samples.map((sample) => ({ ...sample, pass })) });
}

function compared(base: BenchmarkResult, head: BenchmarkResult) {
  const sides = [
    { path: 'base.json', result: base },
    { path: 'head.json', result: head },
  ] as const;
  return compareStored(...sides, { floorPercent: 5, budget: [] });
}

describe('compareStored', () => {
  it('finds a slowdown in one batch, and gives a valid document', () => {
    const found = compared(result(1000), result(1100));
    expect(found).to.include({ verdict: 'slower', exitCode: 1, evidence: 'stored' });
    expect(found.batches).to.have.length(1);
    expect(found.options.rounds).to.equal(12);
    expect(checkDocument('compare-result', found)).to.deep.equal([]);
  });

  it('finds nothing in equal results', () => {
    expect(compared(result(1000), result(1000))).to.include({ verdict: 'same', exitCode: 0 });
  });

  it('does not count the last swarm of an interrupted run as a failure', () => {
    const head = result(1000);
    const last = head.cells[0]?.samples.at(-1);
    last?.peers.splice(0, 1, { peerId: 'peer1', outcome: 'stopped', detail: 'The run was interrupted.', exit: {} });
    expect(compared(result(1000), head)).to.include({ verdict: 'same', exitCode: 0 });
  });

  it('finds a wrong file of head alone in a run whose times do not count', () => {
    const head = result(1000);
    const [cell] = head.cells;
    const counted = structuredClone(cell?.samples.slice(0, 1) ?? []).map((sample) => ({
      ...sample,
      pass: 'counting' as const,
    }));
    counted[0]?.peers.splice(0, 1, {
      peerId: 'peer1',
      outcome: 'wrong-file',
      detail: 'It is not the original.',
      exit: {},
    });
    cell?.samples.push(...counted);
    const found = compared(result(1000), head);
    expect(found).to.include({ exitCode: 1 });
    expect(found.reasons.join()).to.contain('not the original');
  });

  it('does not compare times with the relay', () => {
    expect(compared(result(1000, 'counting'), result(1000, 'counting'))).to.include({ exitCode: 3 });
  });

  it('compares requests and times of shaped links', () => {
    const shaped = (milliseconds: number): BenchmarkResult => {
      const measured = result(milliseconds, 'counting');
      return { ...measured, options: { ...measured.options, links: { latencyMs: 5 } } };
    };
    const found = compared(shaped(1000), shaped(1000));
    expect(found).to.include({ verdict: 'same', exitCode: 0 });
    expect(found.messages.find(({ action }) => action === 'announce_block')).to.include({ base: 80, head: 80 });
  });

  for (const [words, change] of [
    ['cells', (one: BenchmarkResult) => ({ ...one, cells: one.cells.map((cell) => ({ ...cell, blocks: 21 })) })],
    ['window', (one: BenchmarkResult) => ({ ...one, options: { ...one.options, window: 2 } })],
    ['links', (one: BenchmarkResult) => ({ ...one, options: { ...one.options, links: { latencyMs: 5 } } })],
    ['runtime', (one: BenchmarkResult) => ({ ...one, implementation: { ...one.implementation, runtime: 'v22.1.0' } })],
    ['Node version', (one: BenchmarkResult) => ({ ...one, harness: { ...one.harness, node: 'v22.1.0' } })],
    ['CPU', (one: BenchmarkResult) => ({ ...one, harness: { ...one.harness, cores: 64 } })],
  ] as const) {
    it(`refuses results with different ${words}`, () => {
      const found = compared(result(1000), change(result(2000)));
      expect(found).to.include({ verdict: 'cannot tell', exitCode: 3 });
      expect(found.reasons.join()).to.contain(words);
      expect(checkDocument('compare-result', found)).to.deep.equal([]);
    });
  }
});
