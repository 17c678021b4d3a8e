// Fails if a folder holds more files than a reader takes in at a glance. Tests, examples and what is generated do not count.
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

const mostFiles = 15;

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
const counted = tracked.split('\n').filter((path) => path !== '' && !/\.test\.ts$|^schemas\/examples\//.test(path));
const folders = new Map();
for (const path of counted) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
const large = [...folders].filter(([folder, files]) => folder !== '.' && files > mostFiles);
for (const [folder, files] of large) console.error(`${folder} holds ${files} files: at most ${mostFiles}.`);
process.exitCode = large.length === 0 ? 0 : 1;
