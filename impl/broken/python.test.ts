import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { clauses } from '../../schemas/clauses.ts';
import broken from './python.json' with { type: 'json' };

const sources = new URL('../python/', import.meta.url);

describe('the broken Python implementations', () => {
  it('have different ids', () => {
    const ids = broken.map(({ id }) => id);
    expect(ids).to.deep.equal([...new Set(ids)]);
  });

  for (const { id, clause, replace } of broken) {
    it(`${id} breaks a clause that can be checked`, () => {
      expect(clauses.has(clause), `no clause ${clause}`).to.equal(true);
      expect(clauses.get(clause)?.excluded).to.equal(undefined);
    });

    it(`${id} finds the text that it replaces exactly once`, () => {
      for (const { file, find, with: text } of replace) {
        const occurrences = readFileSync(new URL(file, sources), 'utf8').split(find).length - 1;
        expect(occurrences, `${file}: ${find}`).to.equal(1);
        expect(text).to.not.equal(find);
      }
    });
  }
});
