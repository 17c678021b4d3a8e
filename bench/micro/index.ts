import { microTable } from './format.ts';
import { measure } from './measure.ts';
import { tasks } from './tasks.ts';

// With --json, less time for each task: `minibit compare --micro` starts this process once per round.
const json = process.argv.includes('--json');
const results = await measure(tasks, json ? 100 : 400);
process.stdout.write(json ? `${JSON.stringify(results)}\n` : microTable(results));
// A measurement that the library warns of is none.
if (results.some(({ warnings }) => warnings.length > 0)) process.exitCode = 1;
