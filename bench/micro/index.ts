import { microTable } from './format.ts';
import { measure } from './measure.ts';
import { tasks } from './tasks.ts';

// `minibit compare --micro` starts this process with --json once per round: less time for each task.
const json = process.argv.includes('--json');
const results = await measure(tasks, json ? 100 : 400);
process.stdout.write(json ? `${JSON.stringify(results)}\n` : microTable(results));
// A measurement with a warning is unreliable.
if (results.some(({ warnings }) => warnings.length > 0)) process.exitCode = 1;
