import { Command, Option } from 'commander';
import { randomInt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../launch/usage-error.ts';
import type { Address } from './core/peer-events.ts';
import { seededRandom } from './core/random.ts';
import { openLog, type LogStyle } from './log-styles.ts';
import { address, identifier, wholeNumber } from './parse-options.ts';
import { Peer } from './peer.ts';
import { onStopSignal } from './stop-signal.ts';

interface PeerArguments {
  readonly peerId: string;
  readonly port: number;
  readonly tracker: Address;
  readonly blocks: number;
  readonly output: string;
  readonly host: string;
  readonly stay: boolean;
  readonly window: number;
  readonly unchokeMs: number;
  readonly infoMs: number;
  readonly peersMs: number;
  readonly paceMs: number;
  readonly startDelayMs: number;
  readonly requestTimeoutMs: number;
  readonly giveUpMs?: number;
  readonly seed?: number;
  readonly log: LogStyle;
}

/** `minibit peer`: gets the file, serving others meanwhile. */
export function peerCommand(): Command {
  const wait = wholeNumber(1, 86_400_000);
  const sleep = wholeNumber(0, 86_400_000);
  return new Command('peer')
    .description('get the file that a tracker shares, and serve its blocks to other peers')
    .requiredOption('--peer-id <id>', 'the name of this peer in the swarm', identifier)
    .requiredOption('--tracker <host:port>', 'where the tracker listens', address)
    .requiredOption('--blocks <n>', 'how many blocks the file has', wholeNumber(1, 10_000_000))
    .requiredOption('--output <path>', 'where the file is to appear')
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <port>', 'the port to listen on, 0 for any', wholeNumber(0, 65535), 0)
    .option('--stay', 'stay and serve when the file is complete', false)
    .option('--window <n>', 'block requests in flight at once', wholeNumber(1, 1024), 8)
    .option('--unchoke-ms <ms>', 'between two decisions whom to serve', wait, 10_000)
    .option('--info-ms <ms>', 'between two questions to a peer for its blocks', wait, 15_000)
    .option('--peers-ms <ms>', 'between two questions to the tracker for peers', wait, 3000)
    .option('--pace-ms <ms>', 'sleep before each round of block requests', sleep, 0)
    .option('--start-delay-ms <ms>', 'sleep before the registration', sleep, 0)
    .option('--request-timeout-ms <ms>', 'how long others may be silent', wait, 5000)
    .option('--give-up-ms <ms>', 'how long to go on without any new block', wait)
    .option('--seed <n>', 'what chance begins with, to repeat a run', wholeNumber(0))
    .addOption(new Option('--log <style>', 'how to tell of the work').choices(['plain', 'json']).default('plain'))
    .action(runPeer);
}

async function runPeer(given: PeerArguments): Promise<void> {
  await checkOutput(given.output);
  const { unchokeMs, paceMs, blocks: totalBlocks, seed = randomInt(2 ** 31) } = given;
  const giveUpMs = given.giveUpMs ?? Math.max(60_000, 6 * unchokeMs, 3 * paceMs);
  const log = await openLog(given.log);
  const peer = await Peer.start({ ...given, totalBlocks, giveUpMs, random: seededRandom(seed), log });
  let stopCode = 0;
  void onStopSignal().then((code) => {
    stopCode = code;
    peer.stop();
  });
  const { outcome, reason } = await peer.ended;
  if (outcome === 'failed') log({ event: 'failed', reason });
  process.exitCode = { complete: 0, stopped: stopCode, failed: 1 }[outcome];
}

async function checkOutput(output: string): Promise<void> {
  const folder = await stat(dirname(output)).catch(() => undefined);
  if (folder?.isDirectory() !== true)
    throw new UsageError(`--output ${output}: the folder ${dirname(output)} is not there`);
  const there = await stat(output).catch(() => undefined);
  if (there?.isDirectory() === true) throw new UsageError(`--output ${output} is a folder: name a file in it`);
}
