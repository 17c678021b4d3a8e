import { Command } from 'commander';
import pLimit from 'p-limit';
import { openLog } from './log-styles.ts';
import { readPack, type PlannedPeer } from './pack-plan.ts';
import { addPeerOptions, checkOutput, randomOf, settingsOf, type PeerArguments } from './peer-arguments.ts';
import { Peer } from '../peer.ts';
import { onStopSignal } from './stop-signal.ts';

interface PackArguments extends PeerArguments {
  readonly pack: string;
}

/**
 * A registration lists everybody, and everybody is told of every block: a thousand at once would be busy with millions of
 * messages. So others come as some leave, complete.
 */
const mostPresent = 10;

/** `reference pack`: many peers in one process, so that one machine can bear a swarm of thousands. */
export function packCommand(): Command {
  const command = new Command('pack')
    .description('run many peers in one process')
    .requiredOption('--pack <file>', 'a JSON list: peer_id, port and output of each');
  return addPeerOptions(command).action(runPack);
}

async function runPack(given: PackArguments): Promise<void> {
  const plan = await readPack(given.pack);
  for (const { output } of plan) await checkOutput(output);
  const log = await openLog(given.log);
  const random = randomOf(given);
  const settings = settingsOf(given);
  const present = new Set<Peer>();
  let stopCode = 0;
  void onStopSignal().then((code) => {
    stopCode = code;
    for (const peer of present) peer.stop();
  });
  const play = async ({ peerId, port, output }: PlannedPeer): Promise<boolean> => {
    if (stopCode !== 0) return true;
    const peer = await Peer.start({ ...settings, peerId, port, output, stay: false, random, log });
    present.add(peer);
    const { outcome, reason } = await peer.ended;
    present.delete(peer);
    if (outcome === 'failed') log({ event: 'failed', reason: `${peerId}: ${reason}` });
    return outcome !== 'failed';
  };
  const fine = await pLimit(mostPresent).map(plan, play);
  process.exitCode = fine.includes(false) ? 1 : stopCode;
}
