import { Command } from 'commander';
import { openLog } from './log-styles.ts';
import { identifier, wholeNumber } from './parse-options.ts';
import { addPeerOptions, checkOutput, randomOf, settingsOf, type PeerArguments } from './peer-arguments.ts';
import { Peer } from '../peer.ts';
import { onStopSignal } from './stop-signal.ts';

interface SinglePeerArguments extends PeerArguments {
  readonly peerId: string;
  readonly port: number;
  readonly output: string;
  readonly stay: boolean;
}

/** `minibit peer`: gets the file, serving others meanwhile. */
export function peerCommand(): Command {
  const command = new Command('peer')
    .description('get the file that a tracker shares, and serve its blocks to other peers')
    .requiredOption('--peer-id <id>', 'the name of this peer in the swarm', identifier)
    .requiredOption('--output <path>', 'where the file is to appear')
    .option('--port <port>', 'the port to listen on, 0 for any', wholeNumber(0, 65535), 0)
    .option('--stay', 'stay and serve when the file is complete', false);
  return addPeerOptions(command).action(runPeer);
}

async function runPeer(given: SinglePeerArguments): Promise<void> {
  const { peerId, port, output, stay } = given;
  await checkOutput(output);
  const log = await openLog(given.log);
  const peer = await Peer.start({ ...settingsOf(given), peerId, port, output, stay, random: randomOf(given), log });
  let stopCode = 0;
  void onStopSignal().then((code) => {
    stopCode = code;
    peer.stop();
  });
  const { outcome, reason } = await peer.ended;
  if (outcome === 'failed') log({ event: 'failed', reason });
  process.exitCode = { complete: 0, stopped: stopCode, failed: 1 }[outcome];
}
