import { type Command, Option } from 'commander';
import { randomInt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../usage-error.ts';
import type { Endpoint } from '../core/peer/peer-events.ts';
import type { PeerOptions } from '../core/peer/peer-options.ts';
import { seededRandom, type Random } from '../core/random.ts';
import type { LogFormat } from './open-log.ts';
import { hostAndPort, integer } from './parse-options.ts';
import type { PeerSettings } from '../peer.ts';

type CommonOption = 'window' | 'unchokeMs' | 'infoMs' | 'peersMs' | 'paceMs' | 'startDelayMs' | 'requestTimeoutMs';

/** The options of `peer` and `pack`. */
export interface PeerArguments extends Pick<PeerOptions, CommonOption> {
  readonly tracker: Endpoint;
  readonly blocks: number;
  readonly host: string;
  /** Default: a minute, and more if the intervals are long. */
  readonly giveUpMs?: number;
  readonly seed?: number;
  readonly log: LogFormat;
}

/** Adds the options of {@link PeerArguments}. */
export function addPeerOptions(command: Command): Command {
  const duration = integer(1, 86_400_000);
  const durationOrZero = integer(0, 86_400_000);
  return command
    .requiredOption('--tracker <host:port>', 'the tracker', hostAndPort)
    .requiredOption('--blocks <n>', 'number of blocks of the file', integer(1, 10_000_000))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--window <n>', 'most block requests in flight', integer(1, 1024), 8)
    .option('--unchoke-ms <ms>', 'time between two recomputations of choking', duration, 10_000)
    .option('--info-ms <ms>', 'time between two have_blocks_info to the same peer', duration, 15_000)
    .option('--peers-ms <ms>', 'time between two get_peers', duration, 3000)
    .option('--pace-ms <ms>', 'sleep before each loop of block requests', durationOrZero, 0)
    .option('--start-delay-ms <ms>', 'sleep before the registration', durationOrZero, 0)
    .option('--request-timeout-ms <ms>', 'time after which a silent request fails', duration, 5000)
    .option('--give-up-ms <ms>', 'time without a new block after which the peer gives up', duration)
    .option('--seed <n>', 'random seed', integer(0))
    .addOption(new Option('--log <format>', 'log format').choices(['plain', 'json']).default('plain'));
}

/** Random numbers from the given seed, or from a random one. */
export function createRandom({ seed = randomInt(2 ** 31) }: PeerArguments): Random {
  return seededRandom(seed);
}

/** The settings that all peers of the process share. */
export function peerSettings(
  given: PeerArguments,
): Omit<PeerSettings, 'peerId' | 'port' | 'output' | 'stay' | 'random' | 'log'> {
  const { unchokeMs, paceMs, blocks: totalBlocks } = given;
  return { ...given, totalBlocks, giveUpMs: given.giveUpMs ?? Math.max(60_000, 6 * unchokeMs, 3 * paceMs) };
}

/** Throws a UsageError if no file can be written there. */
export async function checkOutput(output: string): Promise<void> {
  const folder = await stat(dirname(output)).catch(() => undefined);
  if (folder?.isDirectory() !== true)
    throw new UsageError(`--output ${output}: the folder ${dirname(output)} does not exist`);
  const existing = await stat(output).catch(() => undefined);
  if (existing?.isDirectory() === true) throw new UsageError(`--output ${output} is a folder: name a file in it`);
}
