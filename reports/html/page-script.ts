import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../launch/package-root.ts';

/** The page's only script (`replay/browser`, bundled), and its hash as a source for the content security policy. */
export function pageScript(): { readonly text: string; readonly source: string } {
  const text = readFileSync(join(packageRoot, 'dist', 'page-script.js'), 'utf8');
  return { text, source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` };
}
