import type { Timing } from '../../launch/manifest/timing.ts';
import type { LinkShape } from '../relay/line-schedule.ts';

/** What a swarm has to do. */
export interface SwarmWork {
  readonly peers: number;
  readonly blocks: number;
  readonly fileBytes: number;
  readonly links?: LinkShape | undefined;
}

/** For slow programs on a loaded machine: the deadline is meant for programs that hang. */
const slackMs = 20_000;
const messageMs = 4;
/** A message costs far less than `messageMs` in a large swarm: without this cap, a hanging swarm would take hours to end. */
const mostReceivers = 100;
const bytesPerMs = 2_000;
const safetyFactor = 2;
/** One-way latencies of an exchange: the connection is opened, and a request answered. */
const latenciesPerExchange = 4;
/** Bytes on the wire per byte of the file: base64 or escapes, and the message around them. */
const wireFactor = 2;

/**
 * How long the peers of a swarm may take from their start, in milliseconds: twice the sum of one block per pace interval,
 * the intervals until all peers know and unchoke each other, the announcements (one per block and pair of peers), and the
 * time that shaped links take.
 */
export function swarmDeadlineMs(timing: Timing, { peers, blocks, fileBytes, links = {} }: SwarmWork): number {
  const paced = timing.startMs + blocks * timing.blockMs;
  const intervals = 3 * Math.max(timing.unchokeMs, timing.infoMs, timing.peersMs);
  const messages = blocks * peers * Math.min(peers, mostReceivers) * messageMs;
  const bytes = (fileBytes * peers) / bytesPerMs;
  const { latencyMs = 0, bytesPerSecond = Infinity } = links;
  // Per block: one refused request, one answered request, and an announcement to each other peer.
  const exchanges = blocks * (2 + Math.min(peers, mostReceivers) - 1);
  const inTransit = exchanges * latenciesPerExchange * latencyMs + (1000 * wireFactor * fileBytes) / bytesPerSecond;
  return Math.ceil(slackMs + safetyFactor * (paced + intervals + messages + bytes + inTransit));
}
