import { readFileSync } from 'node:fs';
import { processTree } from './process-tree.ts';

/** What a process and its children have used so far. */
export interface ProcessResources {
  /** User and system time in milliseconds. */
  readonly cpuMs: number;
  /** The most physical memory that each held at once (VmHWM), in bytes. */
  readonly peakMemoryBytes: number;
}

/** The kernel tells CPU time in hundredths of a second, whatever its own clock. */
const msPerTick = 10;

/** By the files of the kernel; undefined once it has ended, and where there are none (not on Linux). */
export function processResources(pid: number): ProcessResources | undefined {
  const [own, ...children] = processTree(pid).map(ofOne);
  return children.reduce((sum, each) => {
    if (!sum || !each) return sum;
    return { cpuMs: sum.cpuMs + each.cpuMs, peakMemoryBytes: sum.peakMemoryBytes + each.peakMemoryBytes };
  }, own);
}

function ofOne(pid: number): ProcessResources | undefined {
  try {
    return parseResources(readFileSync(`/proc/${pid}/stat`, 'latin1'), readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return undefined;
  }
}

/** @param stat see proc(5): the name of the program, in parentheses, may hold anything; the times are fields 14 to 17, those of ended children included */
export function parseResources(stat: string, status: string): ProcessResources | undefined {
  const [, ...fields] = stat.slice(stat.lastIndexOf(')')).trim().split(' ');
  const ticks = fields.slice(11, 15).map(Number);
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  // A process that has ended and is still to be waited for has no memory any more.
  if (kibibytes === undefined || ticks.length < 4 || ticks.some(Number.isNaN)) return undefined;
  return { cpuMs: ticks.reduce((sum, each) => sum + each, 0) * msPerTick, peakMemoryBytes: Number(kibibytes) * 1024 };
}
