import { Command } from 'commander';
import { openLog } from './open-log.ts';
import { identifier, integer } from './parse-options.ts';
import { addPeerOptions, checkOutput, createRandom, peerSettings, type PeerArguments } from './peer-arguments.ts';
import { Peer } from '../peer.ts';
import { stopSignal } from './stop-signal.ts';

interface SinglePeerArguments extends PeerArguments {
  readonly peerId: string;
  readonly port: number;
  readonly output: string;
  readonly stay: boolean;
}

/** `peer`: downloads the file, and serves its blocks to other peers. */
export function peerCommand(): Command {
  const command = new Command('peer')
    .description('download the file that a tracker shares, and serve its blocks to other peers')
    .requiredOption('--peer-id <id>', 'id of this peer in the swarm', identifier)
    .requiredOption('--output <path>', 'path of the file to write')
    .option('--port <port>', 'port to listen on, 0 for a free one', integer(0, 65535), 0)
    .option('--stay', 'stay and serve when the file is complete', false);
  return addPeerOptions(command).action(runPeer);
}

async function runPeer(given: SinglePeerArguments): Promise<void> {
  const { peerId, port, output, stay } = given;
  await checkOutput(output);
  const log = await openLog(given.log);
  const peer = await Peer.start({
    ...peerSettings(given),
    peerId,
    port,
    output,
    stay,
    random: createRandom(given),
    log,
  });
  let stopCode = 0;
  void stopSignal().then((code) => {
    stopCode = code;
    peer.stop();
  });
  const { outcome, reason } = await peer.ended;
  if (outcome === 'failed') log({ event: 'failed', reason });
  process.exitCode = { complete: 0, stopped: stopCode, failed: 1 }[outcome];
}
