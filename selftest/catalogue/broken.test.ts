import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { clauses } from '../../schemas/clauses.ts';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import { defects, genericManifests } from './broken.ts';

/** The folder with the files of each correct implementation, from the root of the package. */
const sources = { 'impl/python': 'impl/python/', 'impl/reference': 'dist/' } as const;

describe('the known-bad implementations', () => {
  it('have different ids', () => {
    const ids = [...defects.map(({ id }) => id), ...genericManifests.keys()];
    expect(ids).to.deep.equal([...new Set(ids)]);
  });

  for (const { id, clause, also = [], whyAlso, base, replace } of defects) {
    it(`${id} violates clauses that can be checked, and says why more than one`, () => {
      for (const violated of [clause, ...also]) {
        expect(clauses.has(violated), `no clause ${violated}`).to.equal(true);
        expect(clauses.get(violated)?.excluded).to.equal(undefined);
      }
      expect(whyAlso !== undefined, 'whyAlso').to.equal(also.length > 0);
    });

    it(`${id} replaces texts that occur exactly once`, () => {
      for (const { file, find, with: text } of replace) {
        const source = readFileSync(new URL(`../../${sources[base]}${file}`, import.meta.url), 'utf8');
        expect(source.split(find).length - 1, `${file}: ${find}`).to.equal(1);
        expect(text).to.not.equal(find);
      }
    });
  }

  for (const [name, path] of genericManifests) {
    it(`${name} can be started`, async () => {
      const { manifest } = await loadImplementation(path);
      expect(manifest.name).to.equal(name);
    });
  }
});
