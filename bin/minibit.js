#!/usr/bin/env node
// A checkout is built when its sources have changed; an installed package contains only dist/.
import { existsSync } from 'node:fs';

const build = new URL('../build/bundle.js', import.meta.url);
if (existsSync(build)) await import(build.href);
// The programs of a swarm are started often: they load without the harness.
const program = ['tracker', 'peer'].includes(process.argv[2]) ? 'reference.js' : 'minibit.js';
await import(new URL(`../dist/${program}`, import.meta.url).href);
