import { expect } from 'chai';
import fc from 'fast-check';
import { blockRange, splitBytes, splitText, type Split } from './split-file.ts';

function cut(bytes: Buffer, split: Split): Buffer[] {
  return Array.from({ length: split.offsets.length - 1 }, (_, index) => {
    const { offset, sizeBytes } = blockRange(split, index);
    return bytes.subarray(offset, offset + sizeBytes);
  });
}

function cutText(text: string, totalBlocks: number): string[] {
  const bytes = Buffer.from(text);
  return cut(
    bytes,
    splitText(bytes.length, totalBlocks, (offset) => bytes[offset] as number),
  ).map(String);
}

describe('splitting a file', () => {
  it('gives the rest to the last block', () => {
    expect(cut(Buffer.from('abcdefghij'), splitBytes(10, 3)).map(String)).to.deep.equal(['abc', 'def', 'ghij']);
  });

  it('gives everything to the last block if there are more blocks than bytes', () => {
    expect(cut(Buffer.from('ab'), splitBytes(2, 3)).map(String)).to.deep.equal(['', '', 'ab']);
  });

  it('cuts an empty file into empty blocks', () => {
    expect(cut(Buffer.alloc(0), splitBytes(0, 3))).to.have.length(3);
  });

  it('cuts a text between characters', () => {
    expect(cutText('aéb', 2)).to.deep.equal(['a', 'éb']);
    expect(cutText('éé', 4)).to.deep.equal(['', 'é', '', 'é']);
    expect(cutText('😀😀', 2)).to.deep.equal(['😀', '😀']);
    expect(cutText('a\r\nb', 2)).to.deep.equal(['a\r', '\nb']);
  });

  it('gives N blocks that concatenate to the file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 60 }), (bytes, totalBlocks) => {
        const blocks = cut(Buffer.from(bytes), splitBytes(bytes.length, totalBlocks));
        expect(blocks).to.have.length(totalBlocks);
        expect(Buffer.concat(blocks)).to.deep.equal(Buffer.from(bytes));
        const usualSize = Math.floor(bytes.length / totalBlocks);
        expect(blocks.slice(0, -1).every(({ length }) => length === usualSize)).to.equal(true);
      }),
    );
  });

  it('gives N texts that concatenate to the text, each border at most three bytes before the usual one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (text, totalBlocks) => {
          const bytes = Buffer.from(text);
          const split = splitText(bytes.length, totalBlocks, (offset) => bytes[offset] as number);
          const blocks = cut(bytes, split).map(String);
          expect(blocks).to.have.length(totalBlocks);
          expect(blocks.join('')).to.equal(text);
          splitBytes(bytes.length, totalBlocks).offsets.forEach((usual, index) => {
            expect(usual - (split.offsets[index] as number)).to.be.within(0, 3);
          });
        },
      ),
    );
  });

  it('throws for a block outside the file', () => {
    expect(() => blockRange(splitBytes(10, 3), 3)).to.throw(RangeError);
    expect(() => blockRange(splitBytes(10, 3), -1)).to.throw(RangeError);
  });
});
