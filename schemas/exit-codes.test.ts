import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { exitCodeMeanings } from './exit-codes.ts';

describe('The exit codes', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const [codes, meaning] of exitCodeMeanings) {
    it(`${codes} stands in README.md with its meaning`, () => {
      const row = readme.split('\n').find((line) => line.startsWith(`| ${codes} `));
      expect(row?.split('|')[2]?.trim()).to.equal(meaning);
    });
  }
});
