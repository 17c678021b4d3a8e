import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { OutputWatch } from './output-watch.ts';
import { makeTextFile } from './shared-file.ts';

describe('OutputWatch', () => {
  const original = makeTextFile(2000, 1);
  let folder: string;
  let path: string;
  let watch: OutputWatch;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-watch-'));
    path = join(folder, 'output');
    watch = new OutputWatch(path, original, performance.now());
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function look(times = 1): Promise<void> {
    for (let i = 0; i < times; i++) await watch.look();
  }

  it('finds the time at which the file appeared under its name', async () => {
    await look();
    await writeFile(`${path}.part`, original.bytes);
    await look(2);
    expect(watch.completeAtMs).to.equal(undefined);
    const before = performance.now();
    await rename(`${path}.part`, path);
    const after = performance.now();
    await look(2);
    // The clock of a file system may tick in steps of some milliseconds.
    expect(watch.completeAtMs).to.be.within(before - 12, after + 12);
  });

  it('does not accept an incomplete file', async () => {
    await writeFile(path, original.bytes.subarray(0, 1999));
    await look(3);
    await watch.lookFinally();
    expect(watch.completeAtMs).to.equal(undefined);
    expect(watch.sizeBytes).to.equal(1999);
    await writeFile(path, original.bytes);
    await look(2);
    expect(watch.completeAtMs).to.be.a('number');
  });

  it('does not accept a file of the right size with other content', async () => {
    await writeFile(path, Buffer.alloc(2000));
    await look(3);
    await watch.lookFinally();
    expect(watch.completeAtMs).to.equal(undefined);
  });

  it('ignores a time stamp that the program set', async () => {
    await look();
    const before = performance.now();
    await writeFile(path, original.bytes);
    await utimes(path, new Date(0), new Date(0));
    await look(2);
    expect(watch.completeAtMs).to.be.above(before - 12);
  });

  it('treats a folder under that name like a missing file', async () => {
    await watch.lookFinally();
    expect(watch.sizeBytes).to.equal(undefined);
    watch = new OutputWatch(folder, original, performance.now());
    await watch.lookFinally();
    expect(watch.sizeBytes).to.equal(undefined);
  });
});
