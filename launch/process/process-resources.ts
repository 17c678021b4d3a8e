import { readFileSync } from 'node:fs';
import { processTree } from './process-tree.ts';

/** CPU time and memory of a process and its children so far. */
export interface ProcessResources {
  /** User and system time in milliseconds. */
  readonly cpuMs: number;
  /** The sum of their peaks of physical memory (VmHWM), in bytes. */
  readonly peakMemoryBytes: number;
}

/** The kernel reports CPU time in hundredths of a second. */
const msPerTick = 10;

/** Read from /proc; undefined after the end of the process, and where there is no /proc. */
export function processResources(pid: number): ProcessResources | undefined {
  const [own, ...children] = processTree(pid).map(resourcesOf);
  return children.reduce((sum, each) => {
    if (!sum || !each) return sum;
    return { cpuMs: sum.cpuMs + each.cpuMs, peakMemoryBytes: sum.peakMemoryBytes + each.peakMemoryBytes };
  }, own);
}

function resourcesOf(pid: number): ProcessResources | undefined {
  try {
    return parseResources(readFileSync(`/proc/${pid}/stat`, 'latin1'), readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return undefined;
  }
}

/** @param stat see proc(5): the program's name, in parentheses, may contain any character; CPU times are fields 14 to 17, ended children included */
export function parseResources(stat: string, status: string): ProcessResources | undefined {
  const [, ...fields] = stat.slice(stat.lastIndexOf(')')).trim().split(' ');
  const ticks = fields.slice(11, 15).map(Number);
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  // A zombie has no memory.
  if (kibibytes === undefined || ticks.length < 4 || ticks.some(Number.isNaN)) return undefined;
  return { cpuMs: ticks.reduce((sum, each) => sum + each, 0) * msPerTick, peakMemoryBytes: Number(kibibytes) * 1024 };
}
