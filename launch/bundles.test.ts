import { mkdtemp, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { packageRoot } from './package-root.ts';

interface Sources {
  isUpToDate(root: string): boolean;
  rememberSources(
    root: string,
    made: { sources: string[]; outputs: string[]; startMs: number },
    write: typeof writeFile,
  ): Promise<void>;
}

describe('the bundles of a checkout', () => {
  const [made, later] = [1_000, 2_000].map((timeS) => new Date(timeS * 1_000));
  let root: string;
  let sources: Sources;

  beforeEach(async () => {
    sources = (await import(pathToFileURL(join(packageRoot, 'build/sources.js')).href)) as Sources;
    root = await mkdtemp(join(tmpdir(), 'minibit-bundles-'));
    for (const folder of ['build', 'dist']) await mkdir(join(root, folder));
    for (const name of ['a.ts', 'build/write-bundles.js', 'package-lock.json', 'dist/a.js']) {
      await writeFile(join(root, name), name);
      await utimes(join(root, name), made ?? 0, made ?? 0);
    }
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  const remember = (startMs: number): Promise<void> =>
    sources.rememberSources(root, { sources: ['a.ts'], outputs: [join(root, 'dist/a.js')], startMs }, writeFile);

  it('are not made again while nothing has changed', async () => {
    expect(sources.isUpToDate(root)).to.equal(false);
    await remember(Date.now());
    expect(sources.isUpToDate(root)).to.equal(true);
  });

  it('are made again after a change to a source', async () => {
    await remember(Date.now());
    await utimes(join(root, 'a.ts'), later ?? 0, later ?? 0);
    expect(sources.isUpToDate(root)).to.equal(false);
  });

  it('are made again if one of them is missing', async () => {
    await remember(Date.now());
    await rm(join(root, 'dist/a.js'));
    expect(sources.isUpToDate(root)).to.equal(false);
  });

  it('are made again if a source changed while they were made', async () => {
    await remember(500_000);
    expect(sources.isUpToDate(root)).to.equal(false);
  });
});
