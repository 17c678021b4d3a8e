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

  for (const { id, clause, base, replace } of defects) {
    it(`${id} violates a clause that can be checked`, () => {
      expect(clauses.has(clause), `no clause ${clause}`).to.equal(true);
      expect(clauses.get(clause)?.excluded).to.equal(undefined);
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
