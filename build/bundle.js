// Bundles the sources into dist/, unless no source has changed since the last time: this runs before every start in a checkout.
import { fileURLToPath } from 'node:url';
import { isUpToDate } from './sources.js';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!isUpToDate(root)) await (await import('./write-bundles.js')).writeBundles(root);
