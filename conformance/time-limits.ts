import type { Timing } from '../launch/manifest/timing.ts';

/*
 * Every time limit of the suite, in milliseconds. A limit adds up the program's own intervals, each as often as the program may
 * have to wait for it, and room for a busy machine. Only a program that never does the thing makes the suite wait that long.
 */

/** Room for one exchange on a busy machine. */
const roomMs = 10_000;

// The program as a whole

/** A program listens or registers: three times its start-up, since many programs start side by side. */
export function startsWithinMs({ startMs }: Timing): number {
  return 15_000 + 3 * startMs;
}

/**
 * A peer fetches `blocks` blocks and writes its file. It may miss each timer twice before it has what it needs, and take its
 * pace twice for a block, as a request may fail once; 200 ms are for a block on a busy machine.
 */
export function finishesWithinMs({ startMs, unchokeMs, infoMs, peersMs, blockMs }: Timing, blocks: number): number {
  return 30_000 + startMs + 3 * (unchokeMs + infoMs + peersMs) + blocks * (2 * blockMs + 200);
}

/** A peer exits or says goodbye: each of its timers may have to fire first, and a request under way may end. */
export function leavesWithinMs({ unchokeMs, infoMs, peersMs, blockMs }: Timing): number {
  return 15_000 + unchokeMs + infoMs + peersMs + 2 * blockMs;
}

/** A whole case: more than the sum of its waits, if all of them are waited out. */
export function caseEndsWithinMs({ startMs, unchokeMs, infoMs, peersMs, blockMs }: Timing): number {
  return 300_000 + 3 * startMs + 20 * (unchokeMs + infoMs + peersMs) + 100 * blockMs;
}

// What an incomplete peer does by its timers

/** A registered peer sends its next request: its next timer, or the block that it is at. */
export function goesOnWithinMs({ unchokeMs, peersMs, blockMs }: Timing): number {
  return roomMs + unchokeMs + peersMs + blockMs;
}

/**
 * A peer sends `times` get_peers: twice the time that `peer.discovery.periodic` gives, and one interval, which may have just
 * begun. A program whose unchoke interval alone can be set may use that for get_peers.
 */
export function asksForPeersWithinMs({ unchokeMs, peersMs, blockMs }: Timing, times: number): number {
  return roomMs + 2 * (times + 1) * (Math.max(unchokeMs, peersMs) + blockMs);
}

/** A peer asks by get_peers, or asks one that get_peers has just listed: two of its periods, as it may have just asked. */
export function learnsOfPeersWithinMs({ unchokeMs, peersMs, blockMs }: Timing): number {
  return roomMs + 2 * peersMs + unchokeMs + 2 * blockMs;
}

/** A peer sends have_blocks_info to one that it has learned of: the blocks that it is at come first, or a timer fires. */
export function asksForInfosWithinMs({ infoMs, peersMs, blockMs }: Timing): number {
  return roomMs + infoMs + peersMs + 2 * blockMs;
}

/** A peer sends the next have_blocks_info to the same peer: twice its interval. */
export function asksForInfosAgainWithinMs({ infoMs, blockMs }: Timing): number {
  return roomMs + 2 * infoMs + 2 * blockMs;
}

/** A peer sends a request `times` times, even if something went wrong before: twice its longest interval each time. */
export function repeatsWithinMs({ unchokeMs, infoMs, peersMs, blockMs }: Timing, times: number): number {
  return 30_000 + 2 * times * (Math.max(peersMs, infoMs, unchokeMs) + blockMs);
}

/** A peer reports one that refuses connections: it may try twice more, an info interval apart, before it gives up. */
export function reportsDeadWithinMs(timing: Timing): number {
  return asksForInfosWithinMs(timing) + 2 * timing.infoMs + 5_000;
}

/** A peer announces a block that it has got, if need be on a new connection: no later than it may leave. */
export function announcesWithinMs(timing: Timing): number {
  return leavesWithinMs(timing);
}

/** A peer does what each of its timers drives `times` times. */
export function showsItsTimersWithinMs({ unchokeMs, peersMs, blockMs }: Timing, times: number): number {
  return 5_000 + (times + 2) * (Math.max(unchokeMs, peersMs) + blockMs);
}

/** A peer sends its first block request in a file of very many blocks, whose have_blocks_info takes long to read. */
export function asksForBlockWithinMs({ unchokeMs, infoMs, blockMs }: Timing): number {
  return 20_000 + 2 * unchokeMs + infoMs + 4 * blockMs;
}

/** A peer asks for each of `blocks` blocks once: one an interval, if all holders refuse. */
export function asksForEachWithinMs({ unchokeMs, blockMs }: Timing, blocks: number): number {
  return 5_000 + blocks * (blockMs + unchokeMs);
}

/** A peer of a swarm under observation speaks: nothing is silent for longer than twice its longest interval. */
export function speaksWithinMs({ startMs, unchokeMs, infoMs, peersMs, blockMs }: Timing): number {
  return roomMs + startMs + 2 * Math.max(unchokeMs, infoMs, peersMs, blockMs);
}

/** A peer whose file has not changed, and that has asked for no block, for this long writes no more: a busy machine may pause it. */
export const fileIsSettledAfterMs = 2_000;
export const exactFileIsSettledAfterMs = 10_000;

// On top of finishesWithinMs, after a setback

/** The only holder of a block dies: how long a peer goes on with requests to it is up to the peer. */
export const noticesDeathExtraMs = 30_000;

/** A server never answers: how long a peer waits for it is up to the peer. */
export const givesUpSilentExtraMs = 60_000;

/** A block has 16 MiB: a program that tries to parse after each small read takes minutes, and finishes. */
export const readsSlowlyExtraMs = 480_000;

// Choking

/**
 * A peer grants a block: it has to get the block, to learn of the peer that asks, and to unchoke it, which may take some
 * intervals if the choice depends on what it learns meanwhile.
 */
export function grantsWithinMs({ unchokeMs, infoMs, peersMs, blockMs }: Timing): number {
  return 15_000 + 4 * unchokeMs + infoMs + peersMs + 4 * blockMs;
}

/** A peer recomputes whom it unchokes: once an interval, if a block under way does not hold it up. */
export function recomputesWithinMs({ unchokeMs, blockMs }: Timing): number {
  return 500 + unchokeMs + blockMs;
}

/** All that a peer asks for rests on what it has learned: the interval in which it learned that is over, even if it is late. */
export function actsOnNewsWithinMs(timing: Timing): number {
  return recomputesWithinMs(timing) + timing.unchokeMs;
}

/** A peer that has nothing else to request asks the tracker: within an interval, or a block's time if that is longer. */
export function goesToTrackerWithinMs({ unchokeMs, blockMs }: Timing): number {
  return 1_500 + Math.max(unchokeMs, blockMs);
}

/** A refusal is so old that a recomputation lies between it and now, and that a busy machine has asked the holder again. */
export function refusalIsStaleAfterMs({ unchokeMs, blockMs }: Timing): number {
  return 1_000 + 3 * unchokeMs + 2 * blockMs;
}

// One exchange, whatever the program's intervals

/** A server answers a request, accepts a connection or closes one. */
export const answersWithinMs = roomMs;

/** A server that ends a connection this early, without an answer, does not do so for lack of time. */
export const endsEarlyWithinMs = 2_000;

/** A server answers one of many requests that wait at once, or with blocks of several MiB. */
export const answersUnderLoadWithinMs = 60_000;

/** The scripted tracker connects to the port that a registration names: the wait for the outcome, and for the connection. */
export const probeEndsWithinMs = roomMs;
export const probeConnectsWithinMs = 5_000;

/** A system connects at once where there is room in the queue of a listener. */
export const fullPortIsSilentForMs = 500;

/** A peer that registers before it listens does listen: cases about something else wait so long for it. */
export const listensLateWithinMs = 1_000;

/** A server that has accepted a connection, or answered, sends what it still has to send, if anything. */
export const trailsWithinMs = 1_000;

/** A peer that crashes at the answer to its registration does so: the suite waits no longer for one that goes on. */
export const diesOfAnswerWithinMs = 1_000;

/** A server need not answer garbage, accept the 200th connection or answer goodbyes: how long the suite gives it to. */
export const mayAnswerWithinMs = 2_000;

/** A server need not answer a request above 64 KiB: how long the suite observes what it does. */
export const mayAnswerLargeWithinMs = 3_000;

/** The subject has read an answer, even if it leaves the connection open. */
export const answerIsReadWithinMs = 1_000;

/** How long the suite watches whether a kept connection stays open: a server that closes it does so at once. */
export const staysOpenForMs = 300;

/** A server answers or closes after bytes that are no message: 10 s (`wire.garbage.answered-or-closed`), and room. */
export const answersGarbageWithinMs = 15_000;

/** How long the suite watches that an idle connection stays open: a little less than 2 s (`wire.idle.not-before-two-seconds`). */
export const keepsIdleForMs = 1_800;

/** By how much an answer is late if the server waits for the end of the stream: others answer as soon without it. */
export const waitsForTheEndMs = 500;

/** No server takes half a request for an idle connection within this time (`wire.idle.not-before-two-seconds`). */
export const neverIdleWithinMs = 1_000;

/** The last bytes of a process arrive after its exit is known. */
export const lastBytesArriveWithinMs = 2_000;

/** The exit of a process is known after its connections have closed. */
export const exitIsSeenWithinMs = 100;

// Running servers, whose intervals the suite does not know

/** A peer learns of the suite and unchokes it. At the paper's pace: get_peers every 3 s, a draw among strangers every 10 s. */
export const runningPeerGrantsWithinMs = 45_000;

/** The suite's goodbyes end, even if the tracker does not answer peer_offline. */
export const goodbyesEndWithinMs = 1_500;

/** A peer that has been complete for this long is one that stays. */
export const isTakenToStayAfterMs = 10_000;
