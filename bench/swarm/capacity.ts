import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { sum } from 'simple-statistics';
import { machinePortRange } from '../../launch/ports/port-range.ts';
import { processTree } from '../../launch/process/process-tree.ts';
import { UsageError } from '../../launch/usage-error.ts';
import type { MeasuredRun } from '../measurement/measurement.ts';

/** What this machine has for a swarm. Infinity where the system does not tell. */
export interface Capacity {
  readonly leasedPorts: number;
  /** Those that the kernel hands out: the relay's are of them. */
  readonly ephemeralPorts: number;
  readonly openFiles: number;
  readonly memoryBytes: number;
}

export interface SwarmSize {
  readonly peers: number;
  readonly peersPerProcess: number;
}

/** No process of any language takes less. */
const leastProcessBytes = 8 * 1024 ** 2;
/** A peer holds blocks, which the tracker that was looked at does not. */
const peerOverTracker = 1.5;
/** For each peer the lock of its port, for each process its two outputs; and what else the harness holds. */
const filesPerPeer = 1;
const filesPerProcess = 2;
const ownFiles = 100;
/** What a further peer takes in a process that plays many. */
const packedPeerBytes = 1024 ** 2;

/**
 * Refuses swarms that would bring the machine down together, before anything of them is started.
 * @param swarms that run side by side
 * @throws UsageError that says what is lacking, and what would do
 */
export function checkCapacity(
  swarms: readonly (SwarmSize & { readonly pass: MeasuredRun['name'] })[],
  has: Capacity = capacity(),
): void {
  const peers = sum(swarms.map((swarm) => swarm.peers));
  const processes = sum(swarms.map((swarm) => Math.ceil(swarm.peers / swarm.peersPerProcess)));
  const what = `--peers ${[...new Set(swarms.map((swarm) => swarm.peers))].join()}${swarms.length > 1 ? ', all at once' : ''}`;
  if (peers >= has.leasedPorts) {
    throw new UsageError(`${what}: there are only ${has.leasedPorts} ports to give to peers on this machine.`);
  }
  const held = filesPerPeer * peers + filesPerProcess * processes + ownFiles;
  if (held > has.openFiles) {
    throw new UsageError(
      `${what}: the harness may need ${held} open files, and the limit is ${has.openFiles} (ulimit -n).`,
    );
  }
  // Each peer is reached at another port of the relay by each of the others, and each connection has two ends there.
  const counted = swarms.filter(({ pass }) => pass === 'counting');
  const ports = sum(counted.map((swarm) => swarm.peers ** 2));
  const files = 3 * ports;
  const lacking =
    ports > has.ephemeralPorts
      ? `${ports} ports, and this machine has ${has.ephemeralPorts}`
      : files > has.openFiles
        ? `${files} open files, and the limit is ${has.openFiles} (ulimit -n)`
        : undefined;
  if (lacking === undefined) return;
  const most = Math.floor(Math.sqrt(Math.min(has.ephemeralPorts, has.openFiles / 3) / counted.length));
  throw new UsageError(
    `${what}: to count what they say, the relay may need ${lacking}. Use --pass timing, or at most ${most} peers.`,
  );
}

/**
 * Refuses to start peers that would not fit into memory, by what the tracker takes that runs already.
 * @throws UsageError
 */
export function checkMemory(
  { peers, peersPerProcess }: SwarmSize,
  trackerPid: number,
  availableBytes = capacity().memoryBytes,
): void {
  const ownBytes = processTree(trackerPid).reduce((sum, pid) => sum + memoryOf(pid), 0);
  const processBytes = Math.max(leastProcessBytes, ownBytes * peerOverTracker);
  const eachBytes = processBytes / peersPerProcess + (peersPerProcess > 1 ? packedPeerBytes : 0);
  if (peers * eachBytes <= availableBytes) return;
  throw new UsageError(
    `--peers ${peers}: they would take about ${inMiB(peers * eachBytes)} of memory, as their tracker takes ${inMiB(ownBytes)}, and ${inMiB(availableBytes)} are free. Use at most ${Math.floor(availableBytes / eachBytes)} peers.`,
  );
}

/** What this machine has now. */
export function capacity(): Capacity {
  const leased = machinePortRange();
  const [first, last] = numbers('/proc/sys/net/ipv4/ip_local_port_range', /^(\d+)\s+(\d+)/);
  const [openFiles] = numbers('/proc/self/limits', /^Max open files\s+(\d+)/m);
  const [availableKiB] = numbers('/proc/meminfo', /^MemAvailable:\s+(\d+)/m);
  return {
    leasedPorts: leased.last - leased.first + 1,
    ephemeralPorts: first !== undefined && last !== undefined ? last - first + 1 : Infinity,
    openFiles: openFiles ?? Infinity,
    memoryBytes: availableKiB === undefined ? freemem() : availableKiB * 1024,
  };
}

/** Its share of the machine's memory, with what is shared among processes divided among them; 0 if not known. */
function memoryOf(pid: number): number {
  const [kibibytes = 0] = numbers(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+)/m);
  return kibibytes * 1024;
}

function numbers(path: string, pattern: RegExp): number[] {
  try {
    const [, ...groups] = pattern.exec(readFileSync(path, 'latin1')) ?? [];
    return groups.map(Number);
  } catch {
    return [];
  }
}

function inMiB(bytes: number): string {
  return `${Math.ceil(bytes / 1024 ** 2)} MiB`;
}
