import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../launch/package-root.ts';
import { onReceivedBytes, afterStoredBlock } from './slowed.ts';

describe('the slowed reference', () => {
  for (const place of [afterStoredBlock, onReceivedBytes]) {
    it(`is slowed at a place that is there exactly once: ${place}`, () => {
      const source = readFileSync(join(packageRoot, 'dist/reference.js'), 'utf8');
      expect(source.split(place)).to.have.length(2);
    });
  }
});
