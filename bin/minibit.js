#!/usr/bin/env node
// A checkout is built at each start; an installed package contains only dist/.
import { existsSync } from 'node:fs';

const build = new URL('../build/bundle.js', import.meta.url);
if (existsSync(build)) await import(build.href);
await import(new URL('../dist/minibit.js', import.meta.url).href);
