import { type Command, Option } from 'commander';
import { randomInt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../usage-error.ts';
import type { Address } from '../core/peer/peer-events.ts';
import type { PeerOptions } from '../core/peer/peer-options.ts';
import { seededRandom, type Random } from '../core/random.ts';
import type { LogStyle } from './log-styles.ts';
import { address, wholeNumber } from './parse-options.ts';
import type { PeerSettings } from '../peer.ts';

type Shared = 'window' | 'unchokeMs' | 'infoMs' | 'peersMs' | 'paceMs' | 'startDelayMs' | 'requestTimeoutMs';

/** What is told to a peer, and to many in one process alike. */
export interface PeerArguments extends Pick<PeerOptions, Shared> {
  readonly tracker: Address;
  readonly blocks: number;
  readonly host: string;
  /** Default: a minute, and longer where the intervals are long. */
  readonly giveUpMs?: number;
  readonly seed?: number;
  readonly log: LogStyle;
}

/** Adds the options of {@link PeerArguments}. */
export function addPeerOptions(command: Command): Command {
  const wait = wholeNumber(1, 86_400_000);
  const sleep = wholeNumber(0, 86_400_000);
  return command
    .requiredOption('--tracker <host:port>', 'where the tracker listens', address)
    .requiredOption('--blocks <n>', 'how many blocks the file has', wholeNumber(1, 10_000_000))
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--window <n>', 'block requests in flight at once', wholeNumber(1, 1024), 8)
    .option('--unchoke-ms <ms>', 'between two decisions whom to serve', wait, 10_000)
    .option('--info-ms <ms>', 'between two questions to a peer for its blocks', wait, 15_000)
    .option('--peers-ms <ms>', 'between two questions to the tracker for peers', wait, 3000)
    .option('--pace-ms <ms>', 'sleep before each round of block requests', sleep, 0)
    .option('--start-delay-ms <ms>', 'sleep before the registration', sleep, 0)
    .option('--request-timeout-ms <ms>', 'how long others may be silent', wait, 5000)
    .option('--give-up-ms <ms>', 'how long to go on without any new block', wait)
    .option('--seed <n>', 'what chance begins with, to repeat a run', wholeNumber(0))
    .addOption(new Option('--log <style>', 'how to tell of the work').choices(['plain', 'json']).default('plain'));
}

/** The chance of a process: drawn, unless a seed is given. */
export function randomOf({ seed = randomInt(2 ** 31) }: PeerArguments): Random {
  return seededRandom(seed);
}

/** What the arguments mean for each peer. */
export function settingsOf(
  given: PeerArguments,
): Omit<PeerSettings, 'peerId' | 'port' | 'output' | 'stay' | 'random' | 'log'> {
  const { unchokeMs, paceMs, blocks: totalBlocks } = given;
  return { ...given, totalBlocks, giveUpMs: given.giveUpMs ?? Math.max(60_000, 6 * unchokeMs, 3 * paceMs) };
}

/** @throws UsageError if there can be no file of this name */
export async function checkOutput(output: string): Promise<void> {
  const folder = await stat(dirname(output)).catch(() => undefined);
  if (folder?.isDirectory() !== true)
    throw new UsageError(`--output ${output}: the folder ${dirname(output)} is not there`);
  const there = await stat(output).catch(() => undefined);
  if (there?.isDirectory() === true) throw new UsageError(`--output ${output} is a folder: name a file in it`);
}
