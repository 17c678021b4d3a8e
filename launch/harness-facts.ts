import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';
import type { HarnessFacts } from '../schemas/types.ts';

/**
 * The harness's version and machine, stored with every result. Call it at the start, before a measurement adds to the
 * machine's load.
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
