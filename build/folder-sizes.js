// Fails if a folder has too many files to survey at a glance. Tests and the examples of messages do not count.
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

const maxFiles = 15;

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
const counted = tracked.split('\n').filter((path) => path !== '' && !/\.test\.ts$|^schemas\/examples\//.test(path));
const folders = new Map();
for (const path of counted) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
const large = [...folders].filter(([folder, files]) => folder !== '.' && files > maxFiles);
for (const [folder, files] of large) console.error(`${folder} has ${files} files: at most ${maxFiles} are allowed.`);
process.exitCode = large.length === 0 ? 0 : 1;
