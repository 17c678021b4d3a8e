import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from './package-root.ts';

/** The words that start the command line of the harness from the current folder: of a checkout, or of an installed package. */
export function harnessCommand(): string[] {
  const isCheckout = existsSync(join(packageRoot, 'build/bundle.js'));
  return isCheckout ? ['node', relative(process.cwd(), join(packageRoot, 'bin/minibit.js'))] : ['npx', 'minibit'];
}
