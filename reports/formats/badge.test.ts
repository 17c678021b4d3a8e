import { expect } from 'chai';
import { badge } from './badge.ts';
import { caseOf, conformanceOf, failingCase } from '../test-support/example-conformance.ts';

const good = conformanceOf('good', caseOf('a/1'));
const bad = conformanceOf('bad', failingCase('a/1'), failingCase('a/2'), failingCase('b/1', { known: 'x' }));
const unclear = conformanceOf('unclear', caseOf('a/1', { verdict: 'error' }));

describe('badge', () => {
  for (const [name, results, message, color] of [
    ['a conforming one', [good], 'conforming', 'brightgreen'],
    ['the number of broken clauses', [bad], '1 MUST broken', 'red'],
    ['that it was not judged', [unclear], 'not judged', 'yellow'],
    ['known failures', [conformanceOf('x', failingCase('a/1', { known: 'x' }))], 'known failures only', 'yellow'],
    ['how many of several conform', [good, bad, unclear], '1 of 3 conforming', 'red'],
    ['that all do', [good, good], '2 of 2 conforming', 'brightgreen'],
  ] as const) {
    it(`shows ${name}`, () => {
      expect(JSON.parse(badge(results))).to.deep.equal({ schemaVersion: 1, label: 'MiniBit', message, color });
    });
  }
});
