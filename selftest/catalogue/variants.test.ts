import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadVariant, variants } from './variants.ts';

/** The folder with the files of each base, from the root of the package. */
const sources = { 'impl/python': 'impl/python/', 'impl/reference': 'dist/' } as const;

describe('the correct variants', () => {
  it('have different ids', () => {
    const ids = variants.map(({ id }) => id);
    expect(ids).to.deep.equal([...new Set(ids)]);
  });

  for (const variant of variants) {
    it(`${variant.id} changes texts and arguments that occur exactly once`, async () => {
      for (const { file, find, with: text } of variant.replace ?? []) {
        const source = readFileSync(new URL(`../../${sources[variant.base]}${file}`, import.meta.url), 'utf8');
        expect(source.split(find).length - 1, `${file}: ${find}`).to.equal(1);
        expect(text).to.not.equal(find);
      }
      const { manifest } = await loadVariant(variant);
      for (const text of Object.values(variant.peer?.change ?? {})) expect(manifest.peer?.command).to.include(text);
    });
  }
});
