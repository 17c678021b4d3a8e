import { Command } from 'commander';
import { openLog } from './log-styles.ts';
import { readPack, type PlannedPeer } from './pack-plan.ts';
import { addPeerOptions, checkOutput, randomOf, settingsOf, type PeerArguments } from './peer-arguments.ts';
import { Peer } from './peer.ts';
import { onStopSignal } from './stop-signal.ts';

interface PackArguments extends PeerArguments {
  readonly pack: string;
}

/** `reference pack`: many peers in one process, so that one machine can hold thousands. */
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
  const start = (planned: PlannedPeer): Promise<Peer> => Peer.start({ ...settings, ...planned, random, log });
  const peers: Peer[] = [];
  let stopCode = 0;
  void onStopSignal().then((code) => {
    stopCode = code;
    for (const peer of peers) peer.stop();
  });
  for (const item of plan) peers.push(await start(item));
  const ends = await Promise.all(peers.map(({ ended }) => ended));
  ends.forEach(({ outcome, reason }, at) => {
    if (outcome === 'failed') log({ event: 'failed', reason: `${plan[at]?.peerId}: ${reason}` });
  });
  process.exitCode = ends.some(({ outcome }) => outcome === 'failed') ? 1 : stopCode;
}
