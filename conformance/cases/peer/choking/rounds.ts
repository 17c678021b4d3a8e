import type { PeerStage } from '../../../stage/peer-stage.ts';
import { finishesWithinMs, grantsWithinMs, recomputesWithinMs } from '../../../time-limits.ts';
import { TimedViolation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { field } from '../../../wire/message.ts';
import { requestBlock } from '../../../wire/requests.ts';

/** A block that the subject has. */
const heldBlock = 0;

/** How many times as many intervals a busy machine may take to ask enough rounds. */
export const busyFactor = 5;

/** All scripted peers asked for the same block at once: which of them the subject served, and when. */
export interface Round {
  readonly served: ReadonlySet<string>;
  readonly startMs: number;
  readonly endMs: number;
}

export async function askRound(peer: PeerStage): Promise<Round> {
  const { transcript } = peer.context;
  const startMs = transcript.nowMs();
  const answers = await Promise.all(
    peer.peers.map(async ({ id, client }) => ({ id, answer: await client.ask(requestBlock(id, heldBlock)) })),
  );
  const served = answers.filter(({ answer }) => field(answer.value, 'status') === 'success').map(({ id }) => id);
  return { served: new Set(served), startMs, endMs: transcript.nowMs() };
}

/**
 * Waits until the subject can choose by all that it can know: every peer has told it what it has, it has asked for the initial
 * blocks, and an interval has passed since. After the time limit the subject is judged as it is.
 */
export async function untilSettled(peer: PeerStage): Promise<void> {
  const { transcript, timing } = peer.context;
  const initial = peer.tracker.script.initialBlocks;
  const isGone = (): boolean => peer.program.exit !== undefined;
  const isInformed = (): boolean =>
    peer.peers.every((other) => other.read('have_blocks_info').length > 0) &&
    peer.tracker.read('request_block_tracker').length >= initial.length;
  await transcript.watch.until(() => isInformed() || isGone(), finishesWithinMs(timing, initial.length));
  await transcript.watch.until(isGone, recomputesWithinMs(timing));
}

/** Waits, unless the program exits before. */
async function pause(peer: PeerStage, ms: number): Promise<void> {
  await peer.context.transcript.watch.until(() => peer.program.exit !== undefined, ms);
}

/** Asks `perInterval` rounds per unchoke interval, for `intervals` intervals. */
export async function askRounds(peer: PeerStage, intervals: number, perInterval = 5): Promise<Round[]> {
  const { transcript, timing } = peer.context;
  const rounds: Round[] = [];
  const endMs = transcript.nowMs() + intervals * timing.unchokeMs;
  while (transcript.nowMs() < endMs && peer.program.exit === undefined) {
    rounds.push(await askRound(peer));
    await pause(peer, timing.unchokeMs / perInterval);
  }
  return rounds;
}

/** Asks until a round satisfies the condition, as the subject may take some intervals to learn what it needs. */
export async function untilRound(
  peer: PeerStage,
  condition: (round: Round) => boolean,
  expected: string,
): Promise<void> {
  const { transcript, timing } = peer.context;
  const deadlineMs = transcript.nowMs() + grantsWithinMs(timing);
  let last: Round | undefined;
  while (transcript.nowMs() < deadlineMs && peer.program.exit === undefined) {
    last = await askRound(peer);
    if (condition(last)) return;
    await pause(peer, timing.unchokeMs / 5);
  }
  throw new TimedViolation(
    `${expected} within ${grantsWithinMs(timing)} ms`,
    `in the last round, blocks for ${show([...(last?.served ?? [])])}`,
  );
}

/**
 * Throws a violation if three successive rounds within one interval all served more than `most` peers. A recomputation during a
 * round can make that round alone serve too many.
 * @returns how many such triples of rounds there were
 */
export function expectAtMostServedInTriples(peer: PeerStage, rounds: readonly Round[], most: number): number {
  let triples = 0;
  for (const [n, first] of rounds.entries()) {
    const last = rounds[n + 2];
    if (last === undefined || last.endMs - first.startMs > peer.context.timing.unchokeMs) continue;
    triples++;
    if (rounds.slice(n, n + 3).every(({ served }) => served.size > most)) {
      throw new TimedViolation(`at most ${most} peers served at a time`, `blocks for ${show([...first.served])}`);
    }
  }
  return triples;
}

/** Throws a violation if two successive rounds lack one of the peers: a recomputation during a round can make it lack one. */
export function expectServed(rounds: readonly Round[], ids: readonly string[]): void {
  for (const [n, round] of rounds.entries()) {
    const next = rounds[n + 1];
    if (next === undefined || hasServed(round, ids) || hasServed(next, ids)) continue;
    throw new TimedViolation(`blocks for ${show(ids)} in every interval`, `blocks for ${show([...next.served])}`);
  }
}

/** Whether all of these peers were served in the round. */
export const hasServed = (round: Round, ids: readonly string[]): boolean => ids.every((id) => round.served.has(id));
