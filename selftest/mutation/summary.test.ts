import { expect } from 'chai';
import { allCases } from '../../conformance/cases/index.ts';
import type { ConformanceCase } from '../../schemas/types.ts';
import { defects } from '../catalogue/broken.ts';
import { mutants } from '../catalogue/mutants.ts';
import { describeOutcome, isFound, outcomeOf, type Outcome } from './outcome.ts';
import { distribution, summarize } from './summary.ts';
import { summarizeTogether, togetherOutcome } from './together.ts';

const own = 'tracker.get-peers.at-most-five/6-others';
const foreign = 'tracker.block.serves/every-index';
const blocked = 'tracker.get-peers.uniform/every-pair';

/** The result of a case, of which only the verdict counts. */
function result(id: string, verdict: ConformanceCase['verdict']): ConformanceCase {
  const base = { title: '', level: 'MUST', role: 'tracker', requirement: '', repro: '' } as const;
  return { ...base, id, clause: id.split('/')[0] ?? '', verdict, message: '', durationMs: 0, transcript: [] };
}

function outcome(...results: ConformanceCase[]): Outcome {
  const mutant = mutants.find(({ id }) => id === 'six-in-a-list');
  if (mutant === undefined) throw new Error('There is no such defect.');
  return outcomeOf(mutant, { starts: {}, results });
}

describe('the outcome of a known-bad implementation', () => {
  it('tells the cases of the violated clause from those that blame anything else', () => {
    const seen = outcome(result(own, 'fail'), result(foreign, 'fail'), result(blocked, 'error'));
    expect(seen.finding.map(({ id }) => id)).to.deep.equal([own]);
    expect(seen.overBlaming.map(({ id }) => id)).to.deep.equal([foreign]);
    expect(describeOutcome(seen)).to.equal(
      `found  six-in-a-list (tracker.get-peers.at-most-five): ${own}; OVER-BLAME: ${foreign}; 1 not testable`,
    );
  });
});

describe('the outcome of a program that does not start', () => {
  const starts = { peer: { verdict: 'does-not-start', message: 'It ended.' } } as const;

  for (const [id, isRight] of [
    ['six-in-a-list', false],
    ['silent', true],
  ] as const) {
    it(`finds ${id}${isRight ? '' : ' not'} by that`, () => {
      const mutant = mutants.find((item) => item.id === id);
      if (mutant === undefined) throw new Error('There is no such program.');
      expect(isFound(outcomeOf(mutant, { starts, results: [] }))).to.equal(isRight);
    });
  }
});

describe('the summary of all outcomes', () => {
  it('lists defects that no case of their clause found, although another blamed them', () => {
    const { lines, isGood } = summarize([outcome(result(foreign, 'fail'))], []);
    expect(isGood).to.equal(false);
    expect(lines).to.include('Not found: six-in-a-list');
    expect(lines).to.include(`Over-blame: six-in-a-list (tracker.get-peers.at-most-five) by ${foreign}`);
  });

  it('is good if every defect is found, few are blamed for anything else, and every case found one', () => {
    const good = outcome(result(own, 'fail'), result(foreign, 'pass'));
    const cases = [own, foreign].flatMap((id) => allCases.get(id) ?? []);
    expect(summarize([good], [])).to.have.property('isGood', true);
    expect(summarize([good], cases).lines).to.include(`Found no defect: ${foreign}`);
    expect(summarize([good], cases)).to.have.property('isGood', false);
  });

  it('shows how many cases are not testable for most of the defects', () => {
    expect(distribution([0, 0, 0, 0, 0, 0, 0, 0, 4, 21])).to.equal('median 0, 9 in 10 at most 4, worst 21');
  });
});

describe('the summary of programs with several defects', () => {
  const two = defects.filter(({ id }) => ['six-in-a-list', 'index-n'].includes(id));

  it('counts the defects that a case of their own clause names', () => {
    const outcomes = [togetherOutcome(two, [result(own, 'fail'), result(blocked, 'error')])];
    const { lines, isGood } = summarizeTogether(outcomes, 2);
    expect(lines[0]).to.equal('Named by a case of their own clause: 1 of 2 (50.0 %) defects.');
    expect(lines[1]).to.equal('Not testable, of 2 cases: median 1, 9 in 10 at most 1, worst 1.');
    expect(lines.at(-1)).to.equal('Not named: index-n (tracker.block.out-of-range)');
    expect(isGood).to.equal(false);
  });
});
