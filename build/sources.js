import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What the bundles in dist/ were made from. */
const record = 'dist/sources.json';

/** What decides about the bundles, besides the sources themselves. */
const furtherSources = ['build/write-bundles.js', 'package-lock.json'];

/** Whether each bundle is there, and no source has changed since. */
export function isUpToDate(root) {
  try {
    const { sources, outputs } = JSON.parse(readFileSync(join(root, record), 'utf8'));
    return (
      outputs.every((path) => statSync(join(root, path)).isFile()) &&
      Object.entries(sources).every(([path, stamp]) => stampOf(root, path) === stamp)
    );
  } catch {
    return false;
  }
}

/** Writes down the sources of bundles whose making began at `startMs`; nothing if a source may have changed meanwhile. */
export async function rememberSources(root, { sources, outputs, startMs }, write) {
  const all = [...new Set([...sources, ...furtherSources])];
  if (all.some((path) => statSync(join(root, path)).mtimeMs >= startMs)) return;
  const stamps = Object.fromEntries(all.map((path) => [path, stampOf(root, path)]));
  const paths = outputs.map((path) => relative(root, path));
  await write(join(root, record), JSON.stringify({ sources: stamps, outputs: paths }));
}

/** A text that differs after a change to the file. */
function stampOf(root, path) {
  const { mtimeMs, size } = statSync(join(root, path));
  return `${mtimeMs} ${size}`;
}
