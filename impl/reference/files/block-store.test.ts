import { expect } from 'chai';
import fc from 'fast-check';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlockStore, type FileDescription } from './block-store.ts';
import { sha256 } from './sha256.ts';

function describeFile(blocks: readonly Buffer[]): FileDescription {
  return { fileSizeBytes: Buffer.concat(blocks).length, sha256: blocks.map(sha256) };
}

/** Blocks of the usual size, and blocks of a text, which have other sizes. */
const binary = [10, 10, 10, 10, 13].map((size, index) => Buffer.alloc(size, 65 + index));
const text = ['aé', 'b', 'ééé', '', 'c'].map((block) => Buffer.from(block));

describe('the block store', () => {
  let folder: string;
  let output: string;
  const open: BlockStore[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-store-'));
    output = join(folder, 'out.bin');
  });
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
    await rm(folder, { recursive: true });
  });

  async function storeWith(description: FileDescription | undefined, expected: number[] = []): Promise<BlockStore> {
    const store = new BlockStore(output, 5);
    open.push(store);
    expect(await store.open(description)).to.deep.equal(expected);
    return store;
  }

  async function fill(store: BlockStore, blocks: readonly Buffer[], order: readonly number[]): Promise<void> {
    await Promise.all(order.map((index) => store.write(index, blocks[index] as Buffer)));
  }

  for (const [title, blocks] of [
    ['of the usual size', binary],
    ['of a text', text],
  ] as const) {
    for (const described of [true, false]) {
      const description = described ? describeFile(blocks) : undefined;

      it(`writes the file from blocks ${title}, ${described ? 'described' : 'not described'}, and leaves no other file`, async () => {
        const store = await storeWith(description);
        await fill(store, blocks, [3, 0, 4, 1, 2]);
        expect(await store.read(2)).to.deep.equal(blocks[2]);
        expect(await readdir(folder)).not.to.include('out.bin');
        await store.publish();
        expect(await readFile(output)).to.deep.equal(Buffer.concat(blocks));
        for (const [index, block] of blocks.entries()) expect(await store.read(index)).to.deep.equal(block);
        expect(await readdir(folder)).to.deep.equal(['out.bin']);
      });
    }

    it(`recovers the valid blocks ${title} after a sudden end`, async () => {
      await fill(await storeWith(describeFile(blocks)), blocks, [4, 1, 2]);
      const store = await storeWith(describeFile(blocks), [1, 2, 4]);
      expect(await store.read(2)).to.deep.equal(blocks[2]);
      await fill(store, blocks, [0, 3]);
      await store.publish();
      expect(await readFile(output)).to.deep.equal(Buffer.concat(blocks));
    });
  }

  it('keeps unfinished blocks when it is closed, unless they have no hashes', async () => {
    await fill(await storeWith(describeFile(binary)), binary, [1]);
    await (open.pop() as BlockStore).close();
    await (await storeWith(describeFile(binary), [1])).close();
    open.pop();
    await fill(await storeWith(undefined), binary, [1]);
    await (open.pop() as BlockStore).close();
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('survives anything that a crash or another file has left', async () => {
    const left = fc.record({
      part: fc.uint8Array({ maxLength: 80 }),
      overflow: fc.uint8Array({ maxLength: 80 }),
      cut: fc.nat(90),
    });
    for (const blocks of [binary, text]) {
      await fc.assert(
        fc.asyncProperty(left, async ({ part, overflow, cut }) => {
          await writeFile(join(folder, '.out.bin.part'), part);
          await writeFile(join(folder, '.out.bin.overflow'), overflow);
          const before = new BlockStore(output, 5);
          await before.open(describeFile(blocks));
          await fill(before, blocks, [0, 2, 4]);
          await truncate(join(folder, '.out.bin.overflow'), cut);
          const store = new BlockStore(output, 5);
          const owned = await store.open(describeFile(blocks));
          await fill(
            store,
            blocks,
            [0, 1, 2, 3, 4].filter((index) => !owned.includes(index)),
          );
          await store.publish();
          expect(await readFile(output)).to.deep.equal(Buffer.concat(blocks));
          await before.close();
          await store.close();
        }),
        { numRuns: 30 },
      );
    }
  });

  it('tells valid blocks from invalid ones', async () => {
    const store = await storeWith(describeFile(binary));
    expect(store.isValid(1, binary[1] as Buffer)).to.equal(true);
    expect(store.isValid(0, binary[1] as Buffer)).to.equal(false);
  });

  it('writes no file when the sizes of the blocks do not add up', async () => {
    const store = await storeWith({ ...describeFile(binary), fileSizeBytes: 54 });
    await fill(store, binary, [0, 1, 2, 3, 4]);
    const failure = await store.publish().catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message', 'the blocks make 53 bytes, the tracker says 54');
    expect(await readdir(folder)).not.to.include('out.bin');
  });

  it('replaces an existing file only by the complete one', async () => {
    await writeFile(output, 'old');
    const store = await storeWith(describeFile(binary));
    await fill(store, binary, [0, 1, 2, 3, 4]);
    expect(await readFile(output, 'utf8')).to.equal('old');
    await store.publish();
    expect(await readFile(output)).to.deep.equal(Buffer.concat(binary));
  });
});
