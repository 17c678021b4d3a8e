import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Program } from '../../launch/process/program.ts';
import type { Session } from '../../launch/session.ts';
import { fullSpeed } from '../../bench/grid/pace.ts';
import { Relay } from '../../bench/relay/relay.ts';
import type { MessageCounter } from '../../bench/relay/message-counter.ts';
import type { SharedFile } from '../../bench/swarm/shared-file.ts';

export interface SmallSwarm {
  readonly implementation: Implementation;
  readonly trackerPort: number;
  readonly peerPorts: readonly number[];
  readonly blocks: number;
  readonly file: SharedFile;
  readonly window: number;
}

/** A swarm after its end: the relay's counts, and the stopped programs. */
export interface FinishedSwarm {
  readonly counter: MessageCounter;
  readonly tracker: Program;
  readonly peers: readonly Program[];
}

const deadlineMs = 60_000;
const pollMs = 20;
/** Complete peers still announce blocks: wait until there was no request for this long. */
const quietMs = 1000;

/** Runs a swarm through a relay until all peers have the file and are quiet. @throws Error at the deadline */
export async function runSmallSwarm(session: Session, swarm: SmallSwarm): Promise<FinishedSwarm> {
  const { implementation, trackerPort, peerPorts, blocks, file, window } = swarm;
  const settings = { blocks, intervals: fullSpeed, window };
  const tracker = await session.launch(implementation, 'tracker', { ...settings, file: file.bytes, port: trackerPort });
  await tracker.untilListening(deadlineMs);
  const relay = new Relay(tracker);
  try {
    const peers = await Promise.all(
      peerPorts.map(async (port, number) => {
        const own = { port, peerId: peerName(number), tracker: await relay.admit({ host: '127.0.0.1', port }) };
        const peer = await session.launch(implementation, 'peer', { ...settings, ...own });
        void peer.exited.then(() => relay.gone(number));
        return peer;
      }),
    );
    await untilComplete(peers, relay.counter, file.bytes.length);
    await Promise.all(peers.map((peer) => peer.stop()));
    await tracker.stop();
    return { counter: relay.counter, tracker, peers };
  } finally {
    await relay.close();
  }
}

export function peerName(number: number): string {
  return `peer${number + 1}`;
}

async function untilComplete(peers: readonly Program[], counter: MessageCounter, fileBytes: number): Promise<void> {
  const endAtMs = performance.now() + deadlineMs;
  while (performance.now() < endAtMs) {
    const sizes = await Promise.all(peers.map(async ({ outputPath = '' }) => sizeOf(outputPath)));
    const isQuiet = performance.now() - counter.lastRequestAtMs > quietMs;
    if (isQuiet && sizes.every((size) => size === fileBytes)) return;
    await wait(pollMs);
  }
  throw new Error(`The peers did not become complete within ${deadlineMs / 1000} s.`);
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
