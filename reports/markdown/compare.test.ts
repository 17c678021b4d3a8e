import { expect } from 'chai';
import { comparison } from '../test-support/example-comparison.ts';
import { compareMarkdown } from './compare.ts';

describe('the summary of a comparison', () => {
  it('begins with the verdict, and has a line for each swarm, batch and notable action', () => {
    const text = compareMarkdown(comparison());
    expect(text).to.match(/^## ❌ example against example 1\.0\.0 .*: slower, regression\n/);
    expect(text).to.contain('| 3 peers × 40 blocks | 1006 ms | 1056 ms | +5.0 % |');
    expect(text).to.contain('| Batch 2 | 12 | +5.3 % | +4.0 … +6.5 % | 2.4e-4 | slower |');
    expect(text).to.contain('| 3 × 40 | announce&#95;block | 240 | 360 | increased |');
  });

  it('has nothing in it that a name or a reason could turn into markup', () => {
    const evil = '<img src=x> | [a](b) `c`';
    const text = compareMarkdown(comparison({ head: { name: evil, source: evil }, reasons: [evil] }));
    expect(text).to.not.contain('<img').and.not.contain('](b)').and.not.contain('`c`');
  });

  it('says of stored results that they are weaker evidence', () => {
    expect(compareMarkdown(comparison({ evidence: 'stored' }))).to.contain('weaker evidence');
  });
});
