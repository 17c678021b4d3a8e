// Bundles the sources into dist/. Fast enough to run before every start in a checkout. Only changed files are replaced, so
// that processes in progress are not disturbed.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

const shared = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  logLevel: 'warning',
};

const [harness, standalone, browser] = await Promise.all([
  build({
    ...shared,
    entryPoints: { minibit: 'cli/minibit.ts', mocha: 'conformance/judge/mocha.ts' },
    packages: 'external',
    splitting: true,
  }),
  // Started often as separate processes: one file each, which loads fast.
  build({
    ...shared,
    entryPoints: { reference: 'impl/reference/command/cli.ts', watchdog: 'launch/watchdog/watchdog-process.ts' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  }),
  // The script of the HTML page.
  build({
    ...shared,
    entryPoints: { 'page-script': 'reports/html/replay/browser/replay.ts' },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: true,
  }),
]);

const outputs = [harness, standalone, browser].flatMap(({ outputFiles }) => outputFiles);
for (const { path, contents } of outputs) {
  const old = await readFile(path).catch(() => undefined);
  if (old?.equals(contents)) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.${process.pid}`, contents);
  await rename(`${path}.${process.pid}`, path);
}

// Delete files of earlier builds after an hour, when no process can still be loading them.
const staleMs = 60 * 60 * 1000;
const written = new Set(outputs.map(({ path }) => path));
for (const name of await readdir(join(root, 'dist'))) {
  const path = join(root, 'dist', name);
  if (written.has(path) || !/\.js(\.\d+)?$/.test(name)) continue;
  const found = await stat(path).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs > staleMs) await rm(path, { force: true });
}
