import { Command } from 'commander';
import pLimit from 'p-limit';
import { openLog } from './open-log.ts';
import { readPack, type PlannedPeer } from './pack-plan.ts';
import { addPeerOptions, checkOutput, createRandom, peerSettings, type PeerArguments } from './peer-arguments.ts';
import { Peer } from '../peer.ts';
import { stopSignal } from './stop-signal.ts';

interface PackArguments extends PeerArguments {
  readonly pack: string;
}

/**
 * The most peers at once; the next one starts when one ends. The number of messages grows with the square of the peers, since
 * each peer announces each block to all others.
 */
const maxConcurrentPeers = 10;

/** `reference pack`: many peers in one process, so that one machine can run a swarm of thousands. */
export function packCommand(): Command {
  const command = new Command('pack')
    .description('run many peers in one process')
    .requiredOption('--pack <file>', 'a JSON list with the peer_id, port and output of each peer');
  return addPeerOptions(command).action(runPack);
}

async function runPack(given: PackArguments): Promise<void> {
  const plan = await readPack(given.pack);
  for (const { output } of plan) await checkOutput(output);
  const log = await openLog(given.log);
  const random = createRandom(given);
  const settings = peerSettings(given);
  const running = new Set<Peer>();
  let stopCode = 0;
  void stopSignal().then((code) => {
    stopCode = code;
    for (const peer of running) peer.stop();
  });
  const runPeer = async ({ peerId, port, output }: PlannedPeer): Promise<boolean> => {
    if (stopCode !== 0) return true;
    const peer = await Peer.start({ ...settings, peerId, port, output, stay: false, random, log });
    running.add(peer);
    const { outcome, reason } = await peer.ended;
    running.delete(peer);
    if (outcome === 'failed') log({ event: 'failed', reason: `${peerId}: ${reason}` });
    return outcome !== 'failed';
  };
  const succeeded = await pLimit(maxConcurrentPeers).map(plan, runPeer);
  process.exitCode = succeeded.includes(false) ? 1 : stopCode;
}
