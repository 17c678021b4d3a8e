import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';
import type { HarnessFacts } from '../schemas/types.ts';

/**
 * What runs this, and on which machine: kept with every result. Call it at the start of a run, before the run itself
 * makes the load.
 */
export function harnessFacts(seed: number): HarnessFacts {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  return {
    version,
    node: process.version,
    platform: `${type()} ${release()} ${arch()}`,
    cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    loadAverage: loadavg() as [number, number, number],
    seed,
    startedAt: new Date().toISOString(),
  };
}
