import { availableParallelism } from 'node:os';
import type { Implementation } from '../impl/launch/manifest.ts';
import { ProgramTrouble } from '../impl/launch/program.ts';
import type { Run } from '../impl/launch/run.ts';
import type { Pass } from './pass.ts';
import { PeerRun } from './peer-run.ts';
import { orTrouble } from './start-trouble.ts';
import type { Swarm } from './swarm.ts';
import { until } from './until.ts';

const waveSize = 8 * availableParallelism();
const waveDeadlineMs = 10_000;

/** All at the same moment, as far as one machine can: many in waves, each of which listens before the next one starts. */
export async function startPeers(run: Run, swarm: Swarm, pass: Pass, interrupt: AbortSignal): Promise<PeerRun[]> {
  const { blocks, file, intervals, window } = swarm;
  const places: { port: number; tracker: { host: string; port: number } }[] = [];
  for (let number = 0; number < swarm.peers.length; number++) {
    const port = await run.leasePort();
    places.push({ port, tracker: await pass.admit({ host: '127.0.0.1', port }) });
  }
  const start = async (peer: Implementation, number: number): Promise<PeerRun> => {
    const peerId = peerName(number);
    const settings = { ...places[number], blocks, peerId, intervals, window };
    const started = await orTrouble(interrupt, () => run.launch(peer, 'peer', settings));
    if (started instanceof ProgramTrouble) pass.gone(number);
    else void started.exited.then(() => pass.gone(number));
    return new PeerRun(peerId, started, file);
  };
  const peers: PeerRun[] = [];
  while (peers.length < swarm.peers.length) {
    const first = peers.length;
    const wave = swarm.peers.slice(first, first + waveSize);
    peers.push(...(await Promise.all(wave.map((peer, number) => start(peer, first + number)))));
    if (peers.length < swarm.peers.length) await untilAllListen(peers.slice(first), interrupt);
  }
  return peers;
}

async function untilAllListen(peers: readonly PeerRun[], interrupt: AbortSignal): Promise<void> {
  const waiting = new Set(peers);
  const look = async (): Promise<void> => {
    for (const peer of waiting) if (peer.hasEnded || (await peer.program?.isListening())) waiting.delete(peer);
  };
  await until(() => waiting.size === 0, waveDeadlineMs, interrupt, look);
}

/** Peers are named as the report's are. */
export function peerName(number: number): string {
  return `peer${number + 1}`;
}
