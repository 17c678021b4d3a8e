// A small process that outlives the harness by a moment, in a session of its own, and cleans up after it. Its standard
// input is a pipe from the harness, which closes when the harness ends for any reason. Each line on it adds (+id) or
// removes (-id) a process group.
//   node watchdog.js <cookie> <folder> keep|delete
import { createInterface } from 'node:readline';
import { cleanUpSession } from './clean-up-session.ts';

const [cookie, folder, keep] = process.argv.slice(2);
if (!cookie || !folder) throw new Error('The watchdog is started by the harness.');

// It ends with the harness, not before.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const groups = new Set<number>();
for await (const line of createInterface({ input: process.stdin })) {
  const [, sign, id] = /^([+-])(\d+);$/.exec(line) ?? [];
  if (sign === '+') groups.add(Number(id));
  if (sign === '-') groups.delete(Number(id));
}
await cleanUpSession({ marker: { cookie, folder }, groups, keep: keep === 'keep' });
