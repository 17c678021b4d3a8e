import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { rememberSources } from './sources.js';

const shared = {
  outdir: 'dist',
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  logLevel: 'warning',
};

const bundles = [
  {
    entryPoints: { minibit: 'cli/minibit.ts', mocha: 'conformance/judge/mocha.ts' },
    packages: 'external',
    splitting: true,
  },
  // Started often as separate processes: one file each, which loads fast.
  {
    entryPoints: { reference: 'impl/reference/command/cli.ts', watchdog: 'launch/watchdog/watchdog-process.ts' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  },
  // The script of the HTML page.
  {
    entryPoints: { 'page-script': 'reports/html/replay/browser/replay.ts' },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: true,
  },
];

/** Files of earlier builds stay for an hour, until no process can still be loading them. */
const staleMs = 60 * 60 * 1000;

/** Bundles the sources into dist/. Only changed files are replaced, so that processes in progress are not disturbed. */
export async function writeBundles(root) {
  const startMs = Date.now();
  const built = await Promise.all(bundles.map((bundle) => build({ ...shared, absWorkingDir: root, ...bundle })));
  const outputs = built.flatMap(({ outputFiles }) => outputFiles);
  for (const { path, contents } of outputs) {
    const old = await readFile(path).catch(() => undefined);
    if (!old?.equals(contents)) await replaceFile(path, contents);
  }
  const written = new Set(outputs.map(({ path }) => path));
  await deleteStale(join(root, 'dist'), written);
  const sources = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  await rememberSources(root, { sources, outputs: [...written], startMs }, replaceFile);
}

async function replaceFile(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.${process.pid}`, contents);
  await rename(`${path}.${process.pid}`, path);
}

async function deleteStale(folder, written) {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (written.has(path) || !/\.js(\.\d+)?$/.test(name)) continue;
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > staleMs) await rm(path, { force: true });
  }
}
