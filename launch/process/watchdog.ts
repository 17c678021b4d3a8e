// A small process in a session of its own that outlives the harness by a moment. Its standard input is a pipe from the
// harness: it ends when the harness ends, by whatever cause, and then everything of the run is cleared away. Each line
// says that a process group is there (+id) or gone (-id).
//   node watchdog.js <cookie> <folder> keep|delete
import { createInterface } from 'node:readline';
import { clearAway } from './clear-away.ts';

const [cookie, folder, keep] = process.argv.slice(2);
if (!cookie || !folder) throw new Error('The watchdog is started by the harness.');

// It goes when the harness goes, and not before.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const groups = new Set<number>();
for await (const line of createInterface({ input: process.stdin })) {
  const [, sign, id] = /^([+-])(\d+);$/.exec(line) ?? [];
  if (sign === '+') groups.add(Number(id));
  if (sign === '-') groups.delete(Number(id));
}
await clearAway({ mark: { cookie, folder }, groups, keep: keep === 'keep' });
