import type { BenchmarkCell, BenchmarkSample, PeerRow } from '../../schemas/types.ts';
import { actionCounts, completeRow } from './example-results.ts';

/** A made-up cell with every optional field: some timing runs and one counting run. */
export function swarmCell(peers: number, blocks: number, timingSamples = 2): BenchmarkCell {
  const timing = Array.from({ length: timingSamples }, (_, number) => swarmSample(peers, blocks, 'timing', number));
  return {
    peers,
    blocks,
    fileBytes: 11_000,
    deadlineMs: 30_000,
    samples: [...timing, swarmSample(peers, blocks, 'counting', 9)],
  };
}

/** A made-up swarm whose peers get blocks in turn, each block first from the tracker, then from its first holder. */
export function swarmSample(
  peers: number,
  blocks: number,
  pass: BenchmarkSample['pass'],
  number = 0,
  peerId = (peer: number): string => `peer${peer + 1}`,
): BenchmarkSample {
  const isCounting = pass === 'counting';
  const windowMs = blocks * (isCounting ? 4 : 3) * (1 + peers / 20) + number * 7;
  return {
    pass,
    startedAt: '2030-01-01T00:00:00.000Z',
    durationMs: windowMs + 400,
    startUpMs: 150 + number,
    windowMs,
    peers: Array.from({ length: peers }, (_, peer) => swarmRow(peerId(peer), peer, blocks, windowMs, isCounting)),
    tracker: { cpuMs: 90 + peers, peakMemoryBytes: 48_000_000 },
    ...(isCounting && { transfers: transfers(peers, blocks, windowMs), bytesOverLeast: peers * blocks * 600 }),
  };
}

function swarmRow(peerId: string, peer: number, blocks: number, windowMs: number, isCounting: boolean): PeerRow {
  const { messages, ...row } = completeRow(peerId, windowMs + 150 + peer, blocks * 3, blocks * 4 - peer);
  const sentToPeers = { announce_block: blocks * 2, have_blocks_info: blocks, request_block: blocks - 5 };
  const sentToTracker = { register: 1, get_peers: 4, request_block_tracker: 7, peer_offline: 1 };
  const counts = { sentToPeers: actionCounts(sentToPeers), sentToTracker: actionCounts(sentToTracker) };
  const traffic = {
    bytesSent: blocks * 900,
    bytesReceived: blocks * 1_100,
    connectionsOpened: blocks * 4,
    blocksReceivedTwice: peer % 2,
    blocksFromTracker: 7,
    requestsRefused: 3,
  };
  const resources = { cpuMs: 120 + blocks / 2 + peer, peakMemoryBytes: 52_000_000 + peer * 400_000 };
  return { ...row, resources, ...(isCounting && messages && { messages: { ...messages, ...counts }, traffic }) };
}

function transfers(peers: number, blocks: number, windowMs: number): NonNullable<BenchmarkSample['transfers']> {
  const columns = { atMs: [] as number[], to: [] as number[], from: [] as number[], block: [] as number[] };
  const total = peers * blocks;
  const firstHolder = new Map<number, number>();
  for (let turn = 0; turn < total; turn++) {
    const to = turn % peers;
    const block = (Math.floor(turn / peers) + to * 7) % blocks;
    const holder = firstHolder.get(block);
    columns.atMs.push((windowMs * turn) / total);
    columns.to.push(to);
    columns.from.push(
      holder === undefined
        ? -1
        : (holder + block * (to % 3)) % peers === to
          ? holder
          : (holder + block * (to % 3)) % peers,
    );
    columns.block.push(block);
    if (holder === undefined) firstHolder.set(block, to);
  }
  return columns;
}
