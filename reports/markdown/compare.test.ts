import { expect } from 'chai';
import { comparison } from '../test-support/example-comparison.ts';
import { compareMarkdown } from './compare.ts';

describe('the summary of a comparison', () => {
  it('starts with the verdict, and has a row per swarm, batch and notable action', () => {
    const text = compareMarkdown(comparison());
    expect(text).to.match(/^## ❌ example against example 1\.0\.0 .*: slower, regression\n/);
    expect(text).to.contain('| 3 peers × 40 blocks | 1006 ms | 1056 ms | +5.0 % |');
    expect(text).to.contain('| Batch 2 | 12 | +5.3 % | +4.0 … +6.5 % | 2.4e-4 | slower |');
    expect(text).to.contain('| 3 × 40 | announce&#95;block | 240 | 360 | increased |');
  });

  it('escapes markup in names and reasons', () => {
    const evil = '<img src=x> | [a](b) `c`';
    const text = compareMarkdown(comparison({ head: { name: evil, source: evil }, reasons: [evil] }));
    expect(text).to.not.contain('<img').and.not.contain('](b)').and.not.contain('`c`');
  });

  it('calls stored results weaker evidence', () => {
    expect(compareMarkdown(comparison({ evidence: 'stored' }))).to.contain('weaker evidence');
  });
});
