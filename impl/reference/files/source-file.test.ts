import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { sha256 } from './sha256.ts';
import { SourceFile } from './source-file.ts';

describe('the file that is shared', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-source-'));
    path = join(folder, 'file');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function blocksOf(content: string | Buffer, totalBlocks: number): Promise<Buffer[]> {
    await writeFile(path, content);
    const file = await SourceFile.open(path, totalBlocks);
    const blocks = await Promise.all(Array.from({ length: totalBlocks }, (_, index) => file.read(index)));
    await file.close();
    expect(file.name).to.equal('file');
    expect(file.split.fileSizeBytes).to.equal(Buffer.byteLength(content));
    expect(file.sha256).to.deep.equal(blocks.map(sha256));
    expect(Buffer.concat(blocks)).to.deep.equal(Buffer.from(content));
    return blocks;
  }

  it('is cut between characters if it is text', async () => {
    expect((await blocksOf('aéb', 2)).map(String)).to.deep.equal(['a', 'éb']);
    expect(await blocksOf(`${'a'.repeat(1024 * 1024 - 1)}é`, 1)).to.have.length(1);
  });

  it('is cut at any byte if it is not', async () => {
    const bytes = Buffer.from([0x61, 0xc3, 0xa9, 0xff]);
    expect((await blocksOf(bytes, 2)).map((block) => block.length)).to.deep.equal([2, 2]);
    expect(await blocksOf(Buffer.concat([Buffer.alloc(1024 * 1024), Buffer.of(0xc3)]), 1)).to.have.length(1);
  });

  it('may be empty, or have fewer bytes than blocks', async () => {
    await blocksOf('', 3);
    await blocksOf('é', 5);
  });

  it('must be an existing file, in blocks of at most 16 MiB', async () => {
    const problem = (wanted: string, blocks: number): Promise<unknown> =>
      SourceFile.open(wanted, blocks).catch((error: unknown) => error);
    expect(await problem(join(folder, 'none'), 1))
      .to.be.instanceOf(UsageError)
      .with.property('message')
      .that.includes('none');
    expect(await problem(folder, 1)).to.be.instanceOf(UsageError);
    await writeFile(path, Buffer.alloc(40 * 1024 * 1024));
    expect(await problem(path, 2))
      .to.be.instanceOf(UsageError)
      .with.property('message')
      .that.includes('give at least 3');
  });
});
