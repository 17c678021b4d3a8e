import { show } from '../../../wire/expect.ts';
import type { PeerStage } from '../../../stage/peer-stage.ts';
import { TooSlow, Violation } from '../../../violation.ts';
import { field } from '../../../wire/message.ts';
import { requestBlock } from '../../../wire/requests.ts';
import { finishesWithinMs, grantsWithinMs, recomputesWithinMs } from '../../../time-limits.ts';

/** A block that the subject has. */
const held = 0;

/** How many times longer a busy machine may take. */
const patience = 5;

/** Whom the subject served when everybody asked for the same block, and when that was. */
export interface Round {
  readonly served: ReadonlySet<string>;
  readonly startMs: number;
  readonly endMs: number;
}

export async function askRound(peer: PeerStage): Promise<Round> {
  const { transcript } = peer.context;
  const startMs = transcript.nowMs();
  const answers = await Promise.all(
    peer.peers.map(async ({ id, client }) => ({ id, answer: await client.ask(requestBlock(id, held)) })),
  );
  const served = answers.filter(({ answer }) => field(answer.value, 'status') === 'success').map(({ id }) => id);
  return { served: new Set(served), startMs, endMs: transcript.nowMs() };
}

/**
 * Waits until the choice of the subject rests on all that it can know: every peer has told it what it has, the initial blocks
 * are there, and an interval has passed since. A subject that does not come so far is judged as it is.
 */
export async function settle(peer: PeerStage): Promise<void> {
  const { transcript, timing } = peer.context;
  const initial = peer.tracker.script.initialBlocks;
  const gone = (): boolean => peer.program.exit !== undefined;
  const informed = (): boolean =>
    peer.peers.every((other) => other.seen('have_blocks_info').length > 0) &&
    peer.tracker.seen('request_block_tracker').length >= initial.length;
  await transcript.watch.until(() => informed() || gone(), finishesWithinMs(timing, initial.length));
  await transcript.watch.until(gone, recomputesWithinMs(timing));
}

/** Asks in rounds, so many per interval, for so many intervals. */
export async function askRounds(peer: PeerStage, intervals: number, perInterval = 5): Promise<Round[]> {
  const { transcript, timing } = peer.context;
  const rounds: Round[] = [];
  const endMs = transcript.nowMs() + intervals * timing.unchokeMs;
  while (transcript.nowMs() < endMs) {
    rounds.push(await askRound(peer));
    await transcript.watch.until(() => peer.program.exit !== undefined, timing.unchokeMs / perInterval);
  }
  return rounds;
}

/** Asks once in each of so many intervals; between two rounds there is a recomputation for certain. */
export async function askOncePerInterval(peer: PeerStage, intervals: number): Promise<Round[]> {
  const rounds: Round[] = [];
  while (rounds.length < intervals) {
    rounds.push(await askRound(peer));
    await peer.context.transcript.watch.until(
      () => peer.program.exit !== undefined,
      1.2 * peer.context.timing.unchokeMs,
    );
  }
  return rounds;
}

/** Waits for a round that satisfies the condition: the subject may take some intervals to learn what it needs. */
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
    await transcript.watch.until(() => peer.program.exit !== undefined, timing.unchokeMs / 5);
  }
  throw new Violation(expected, `in the end, blocks for ${show([...(last?.served ?? [])])}`);
}

/**
 * Looks at three rounds in a row within one interval: a recomputation that falls into a round changes the set in its midst, but
 * not in all three.
 * @returns how many such threes there were
 * @throws Violation if more than `most` peers were served in all of three
 */
export function lookAtThrees(peer: PeerStage, rounds: readonly Round[], most: number): number {
  let looks = 0;
  for (const [n, first] of rounds.entries()) {
    const last = rounds[n + 2];
    if (last === undefined || last.endMs - first.startMs > peer.context.timing.unchokeMs) continue;
    looks++;
    if (rounds.slice(n, n + 3).every(({ served }) => served.size > most)) {
      throw new Violation(`at most ${most} peers served at a time`, `blocks for ${show([...first.served])}`);
    }
  }
  return looks;
}

/**
 * Asks in rounds until no more than `most` peers were served at a time in so many looks.
 * @throws Violation if more are served
 * @throws TooSlow if the rounds never come quickly enough
 */
export async function expectAtMost(peer: PeerStage, most: number, enough: number): Promise<void> {
  let looks = 0;
  for (let intervals = 0; intervals < patience * enough && looks < enough; intervals++) {
    looks += lookAtThrees(peer, await askRounds(peer, 1), most);
  }
  if (looks === 0) throw new TooSlow('the answers came too slowly to ask all peers three times in an interval');
}

/**
 * Throws a violation if two rounds in a row lack one of the peers: one alone may have met the very moment of a
 * recomputation.
 */
export function expectServed(rounds: readonly Round[], ids: readonly string[]): void {
  for (const [n, round] of rounds.entries()) {
    const next = rounds[n + 1];
    if (next === undefined || all(round, ids) || all(next, ids)) continue;
    throw new Violation(`blocks for ${show(ids)} in every interval`, `blocks for ${show([...next.served])}`);
  }
}

/** Whether all of these were served in the round. */
export const all = (round: Round, ids: readonly string[]): boolean => ids.every((id) => round.served.has(id));
