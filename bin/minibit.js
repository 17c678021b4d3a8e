#!/usr/bin/env node
// A checkout carries its sources and is built as it starts; an installed package carries dist/ alone.
import { existsSync } from 'node:fs';

const build = new URL('../build/bundle.js', import.meta.url);
if (existsSync(build)) await import(build.href);
await import(new URL('../dist/minibit.js', import.meta.url).href);
