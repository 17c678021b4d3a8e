import { expect } from 'chai';
import fc from 'fast-check';
import { UsageError } from '../../launch/usage-error.ts';
import { makeTextFile, readSharedFile } from './shared-file.ts';

describe('makeTextFile', () => {
  it('gives text of exactly the given size', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.integer(), (sizeBytes, seed) => {
        const file = makeTextFile(sizeBytes, seed);
        expect(file.bytes).to.have.length(sizeBytes);
        expect(file.isText).to.equal(true);
      }),
    );
  });

  it('gives the same text for the same seed, and another one for another seed', () => {
    expect(makeTextFile(11_000, 1).sha256).to.equal(makeTextFile(11_000, 1).sha256);
    expect(makeTextFile(11_000, 1).sha256).to.not.equal(makeTextFile(11_000, 2).sha256);
  });

  it('refuses a size that does not fit into a buffer', () => {
    expect(() => makeTextFile(9e15, 1)).to.throw(UsageError, '--size');
  });

  it('contains characters of one to four bytes', () => {
    const lengths = new Set(Array.from(makeTextFile(11_000, 1).bytes.toString(), (char) => Buffer.byteLength(char)));
    expect([...lengths].sort()).to.deep.equal([1, 2, 3, 4]);
  });
});

describe('readSharedFile', () => {
  it('distinguishes text from binary', async () => {
    expect(await readSharedFile('package.json')).to.include({ name: 'package.json', isText: true });
    expect(await readSharedFile(process.execPath)).to.include({ isText: false });
  });

  it('names an unreadable file', async () => {
    const failure: unknown = await readSharedFile('/no/such/file').catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains('/no/such/file');
  });
});
