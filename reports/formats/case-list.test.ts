import { expect } from 'chai';
import { trackerCase } from '../../conformance/cases/case.ts';
import { selectCases } from '../../conformance/judge/select-cases.ts';
import type { CaseList } from '../../schemas/types.ts';
import { checkDocument } from '../../schemas/validate.ts';
import { caseListJson } from './case-list.ts';

describe('the list of cases as JSON', () => {
  it('has every case under its clause, and the clauses that no case can check', () => {
    const cases = selectCases([], true);
    const list = JSON.parse(caseListJson(cases)) as CaseList;
    expect(checkDocument('case-list', list)).to.deep.equal([]);
    expect(list.clauses.flatMap((clause) => clause.cases.map(({ id }) => id))).to.have.members(
      cases.map(({ id }) => id),
    );
    expect(list.clauses.find(({ id }) => id === 'report.pace')?.excluded).to.be.a('string');
  });

  it('says how long a thorough case lasts, and how likely chance misleads it', () => {
    const chance = { falseAlarm: 1e-6, miss: 1e-5 };
    const item = trackerCase('tracker.get-peers.uniform/x', '', () => Promise.resolve(), {
      thoroughMs: ({ peersMs }) => 100 * peersMs,
      chance,
    });
    const { clauses } = JSON.parse(caseListJson([item])) as CaseList;
    const [listed] = clauses.filter(({ id }) => id === 'tracker.get-peers.uniform').flatMap(({ cases }) => cases);
    expect(listed).to.deep.include({ thoroughMs: 20_000, chance });
  });
});
