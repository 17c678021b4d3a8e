import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { sum } from 'simple-statistics';
import { machinePortRange } from '../../launch/ports/port-range.ts';
import { processTree } from '../../launch/process/process-tree.ts';
import { UsageError } from '../../launch/usage-error.ts';
import type { RunKind } from '../measurement/measured-run.ts';

/** What this machine has for a swarm. Infinity where that is unknown. */
export interface Capacity {
  readonly leasedPorts: number;
  /** Those that the kernel assigns: the relay ports are among them. */
  readonly ephemeralPorts: number;
  readonly openFiles: number;
  readonly memoryBytes: number;
}

export interface SwarmSize {
  readonly peers: number;
  readonly peersPerProcess: number;
}

/** No process takes less, in any language. */
const leastProcessBytes = 8 * 1024 ** 2;
/** A peer holds blocks, which a tracker that was just started does not. */
const peerOverTracker = 1.5;
/** One per peer for the lock of its port, two per process for its outputs, and what else the harness holds. */
const filesPerPeer = 1;
const filesPerProcess = 2;
const ownFiles = 100;
/** What each further peer takes in a process of many peers. */
const packedPeerBytes = 1024 ** 2;

/**
 * Refuses swarms that the machine cannot run side by side, before anything is started.
 * @throws UsageError that says what is lacking, and what would be enough
 */
export function checkCapacity(
  swarms: readonly (SwarmSize & { readonly runKind: RunKind })[],
  available: Capacity = capacity(),
): void {
  const peers = sum(swarms.map((swarm) => swarm.peers));
  const processes = sum(swarms.map((swarm) => Math.ceil(swarm.peers / swarm.peersPerProcess)));
  const what = `--peers ${[...new Set(swarms.map((swarm) => swarm.peers))].join()}${swarms.length > 1 ? ', all at once' : ''}`;
  if (peers >= available.leasedPorts) {
    throw new UsageError(`${what}: this machine has only ${available.leasedPorts} ports for peers.`);
  }
  const held = filesPerPeer * peers + filesPerProcess * processes + ownFiles;
  if (held > available.openFiles) {
    throw new UsageError(
      `${what}: the harness may need ${held} open files, and the limit is ${available.openFiles} (ulimit -n).`,
    );
  }
  // Each peer has one relay port per other peer, and each connection has two ends at the relay.
  const counted = swarms.filter(({ runKind }) => runKind === 'counting');
  const ports = sum(counted.map((swarm) => swarm.peers ** 2));
  const files = 3 * ports;
  const lacking =
    ports > available.ephemeralPorts
      ? `${ports} ports, and this machine has ${available.ephemeralPorts}`
      : files > available.openFiles
        ? `${files} open files, and the limit is ${available.openFiles} (ulimit -n)`
        : undefined;
  if (lacking === undefined) return;
  const most = Math.floor(Math.sqrt(Math.min(available.ephemeralPorts, available.openFiles / 3) / counted.length));
  throw new UsageError(
    `${what}: to count their messages, the relay may need ${lacking}. Use --pass timing, or at most ${most} peers.`,
  );
}

/**
 * Refuses to start peers that would not fit into memory, judging by the running tracker.
 * @throws UsageError
 */
export function checkMemory(
  { peers, peersPerProcess }: SwarmSize,
  trackerPid: number,
  availableBytes = capacity().memoryBytes,
): void {
  const trackerBytes = processTree(trackerPid).reduce((sum, pid) => sum + memoryOf(pid), 0);
  const processBytes = Math.max(leastProcessBytes, trackerBytes * peerOverTracker);
  const eachBytes = processBytes / peersPerProcess + (peersPerProcess > 1 ? packedPeerBytes : 0);
  if (peers * eachBytes <= availableBytes) return;
  throw new UsageError(
    `--peers ${peers}: they would take about ${inMiB(peers * eachBytes)} of memory, since their tracker takes ${inMiB(trackerBytes)}, and ${inMiB(availableBytes)} are free. Use at most ${Math.floor(availableBytes / eachBytes)} peers.`,
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

/** Its proportional set size: memory that processes share is divided among them; 0 if unknown. */
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
