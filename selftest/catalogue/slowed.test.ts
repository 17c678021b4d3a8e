import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../launch/package-root.ts';
import { onReceivedBytes, afterStoredBlock } from './slowed.ts';

describe('the slowed reference', () => {
  for (const text of [afterStoredBlock, onReceivedBytes]) {
    it(`gets its code after a text that occurs exactly once: ${text}`, () => {
      const source = readFileSync(join(packageRoot, 'dist/reference.js'), 'utf8');
      expect(source.split(text)).to.have.length(2);
    });
  }
});
