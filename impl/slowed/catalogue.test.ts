import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../launch/package-root.ts';
import { storedBlock } from './catalogue.ts';

describe('the slowed reference', () => {
  it('is slowed at a place that is there exactly once', () => {
    const source = readFileSync(join(packageRoot, 'dist/reference.js'), 'utf8');
    expect(source.split(storedBlock)).to.have.length(2);
  });
});
