import { expect } from 'chai';
import { clauses } from '../../schemas/clauses.ts';
import { clauseOf } from '../cases/case.ts';
import { allCases } from '../cases/index.ts';
import { accommodations } from './accommodations.ts';

describe('accommodations', () => {
  for (const { id, roles, clause, shownBy, unfitFor = [], standsFor = [] } of accommodations) {
    it(`${id} names clauses, and a case of its own clause for each role that shows the need`, () => {
      for (const name of [clause, ...standsFor]) expect(clauses.has(name), name).to.equal(true);
      for (const name of unfitFor) expect(clauses.has(name) || allCases.has(name), name).to.equal(true);
      for (const role of roles) {
        const item = allCases.get(shownBy(role));
        expect(item?.role, shownBy(role)).to.equal(role);
        expect(item && clauseOf(item).id).to.equal(clause);
      }
    });
  }
});
