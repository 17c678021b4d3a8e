import type { Timing } from '../../launch/manifest/timing.ts';
import type { LinkShape } from '../relay/line-schedule.ts';

/** What a swarm has to do. */
export interface Work {
  readonly peers: number;
  readonly blocks: number;
  readonly fileBytes: number;
  /** Of shaped links. */
  readonly links?: LinkShape | undefined;
}

/** Slow programs on a loaded machine are given this; a deadline is for those that hang. */
const slackMs = 20_000;
const messageMs = 4;
/** In a large swarm a message is far cheaper than that: else a swarm that hangs would be waited for all night. */
const mostTold = 100;
const bytesPerMs = 2_000;
const patience = 2;
/** A connection is opened, and a request answered. */
const waysPerExchange = 4;
/** Bytes on the wire for a byte of the file: base64 or escapes, and what is around them. */
const wireBytes = 2;

/**
 * How long the peers of a swarm may take from their start, in milliseconds: twice the time for one block per interval
 * of the pace, for the intervals until everybody knows and unchokes everybody, for the announcements, of which there is
 * one per block and pair of peers, and for what is under way on shaped links.
 */
export function deadlineMs(timing: Timing, { peers, blocks, fileBytes, links = {} }: Work): number {
  const paced = timing.startMs + blocks * timing.blockMs;
  const intervals = 3 * Math.max(timing.unchokeMs, timing.infoMs, timing.peersMs);
  const messages = blocks * peers * Math.min(peers, mostTold) * messageMs;
  const bytes = (fileBytes * peers) / bytesPerMs;
  const { latencyMs = 0, bytesPerSecond = Infinity } = links;
  // For a block: a question that is refused, one that is answered, and an announcement to each other peer.
  const exchanges = blocks * (2 + Math.min(peers, mostTold) - 1);
  const underWay = exchanges * waysPerExchange * latencyMs + (1000 * wireBytes * fileBytes) / bytesPerSecond;
  return Math.ceil(slackMs + patience * (paced + intervals + messages + bytes + underWay));
}
