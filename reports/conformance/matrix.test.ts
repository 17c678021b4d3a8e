import { expect } from 'chai';
import { caseOf, conformanceOf, failingCase } from '../test-support/example-conformance.ts';
import { conformanceMatrix } from './matrix.ts';

describe('matrix', () => {
  it('takes the worst case of each clause', () => {
    const cases = [
      caseOf('a/1', { verdict: 'info' }),
      caseOf('a/2'),
      caseOf('a/3', { verdict: 'warn' }),
      failingCase('a/4', { known: 'k' }),
      caseOf('a/5', { verdict: 'error' }),
      failingCase('a/6'),
    ];
    const states = cases.map(
      (_, at) => conformanceMatrix([conformanceOf('x', ...cases.slice(0, at + 1))])[0]?.cells[0]?.state,
    );
    expect(states).to.deep.equal(['info', 'pass', 'warn', 'known', 'error', 'fail']);
  });

  it('leaves clauses without selected cases empty, and treats ids as data', () => {
    const rows = conformanceMatrix([
      conformanceOf('x', caseOf('__proto__/1')),
      conformanceOf('y', caseOf('constructor/1')),
    ]);
    expect(rows.map(({ clause, cells }) => [clause, ...cells.map((cell) => cell?.state)])).to.deep.equal([
      ['__proto__', 'pass', undefined],
      ['constructor', undefined, 'pass'],
    ]);
  });
});
