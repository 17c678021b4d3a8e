import { expect } from 'chai';
import { join } from 'node:path';
import { temporaryFolder, writeFiles } from '../test-support/files.ts';
import { rejection } from '../test-support/promises.ts';
import { UsageError } from '../usage-error.ts';
import { checkedDocument, readDocument } from './read-document.ts';

describe('readDocument', () => {
  const folder = temporaryFolder();

  it('returns the value of a valid file', async () => {
    const budget = [{ action: 'register', reason: 'a ticket' }];
    await writeFiles(folder.path, { 'budget.json': budget });
    expect(await readDocument('message-budget', join(folder.path, 'budget.json'))).to.deep.equal(budget);
  });

  it('names the file and every field at fault', async () => {
    await writeFiles(folder.path, { 'known.json': [{ case: 'a/b' }, 7] });
    const error = await rejection(readDocument('known-failures', join(folder.path, 'known.json')));
    expect(error).to.be.instanceOf(UsageError);
    expect((error as Error).message).to.equal(
      `${join(folder.path, 'known.json')} cannot be used:\n  [0].reason is required.\n  [1] must be an object.`,
    );
  });
});

describe('checkedDocument', () => {
  it('names the document where no single field is at fault', () => {
    expect(() => checkedDocument('known-failures', 'x.json', {})).to.throw(
      UsageError,
      'The document must be an array.',
    );
  });

  it('shows the first twenty problems and counts the others', () => {
    expect(() => checkedDocument('known-failures', 'x.json', new Array(25).fill(7))).to.throw(
      /\[19\] must be an object\.\n {2}and 5 more\.$/,
    );
  });
});
