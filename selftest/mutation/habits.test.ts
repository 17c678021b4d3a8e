import { expect } from 'chai';
import { clauses } from '../../schemas/clauses.ts';
import { allCases } from '../../conformance/cases/index.ts';
import type { ConformanceCase } from '../../schemas/types.ts';
import { clauseOf } from '../../conformance/cases/case.ts';
import { habits } from '../catalogue/beginner.ts';
import { summarizeHabits } from './habits.ts';

/** A result for each case, which is broken if its clause is among these. */
function results(broken: ReadonlySet<string>, untestable: number): ConformanceCase[] {
  return [...allCases.values()].map((item, n) => {
    const { id: clause, level, text: requirement } = clauseOf(item);
    const verdict = broken.has(clause) ? (level === 'MUST' ? 'fail' : 'warn') : n < untestable ? 'error' : 'pass';
    const { id, role, title } = item;
    const rest = { message: '', durationMs: 0, transcript: [], repro: '' };
    return { id, clause, level, role, title, requirement, verdict, ...rest };
  });
}

describe('the habits of the beginner', () => {
  const all = new Set(habits.flatMap((habit) => habit.clauses));

  it('break clauses that exist', () => {
    expect([...all].filter((id) => !clauses.has(id))).to.deep.equal([]);
  });

  it('are named if a case of each of their clauses blames the program', () => {
    expect(summarizeHabits(habits, results(all, 0)).isGood).to.equal(true);
    const one = summarizeHabits(habits, results(new Set([...all].slice(1)), 0));
    expect(one.isGood).to.equal(false);
    expect(one.lines).to.include('Not named: reads a request with one recv (wire.server.acts-on-closing-brace)');
  });

  it('must not hide more than ten cases', () => {
    expect(summarizeHabits(habits, results(all, 100)).isGood).to.equal(false);
  });
});
