import type { Program } from '../../launch/process/program.ts';
import { CannotJudge, TimedViolation } from '../violation.ts';
import { field } from '../wire/message.ts';
import type { SeenRequest } from '../wire/scripted-server.ts';
import { describeExit } from './program-exit.ts';
import type { Context } from './context.ts';
import { outputProblem } from './output.ts';
import { finishesWithinMs } from '../time-limits.ts';

const pollMs = 20;

/** A peer that should become complete. */
export interface Downloader {
  readonly context: Context;
  readonly program: Program;
  readonly blocks: readonly string[];
  /** All of its requests so far, in order of arrival. */
  requests(): SeenRequest[];
}

export interface Patience {
  /** Added to the time that the download of all blocks may take. */
  readonly extraMs?: number;
  /** Ends the wait early if it returns true. */
  readonly isHopeless?: () => boolean;
}

/**
 * Waits until a peer's output is the original file. The wait is extended while the peer asks for blocks that it has not asked
 * for before.
 * @throws Violation if it is not the file in time
 * @throws CannotJudge if the manifest does not say where the peer leaves its file
 */
export async function untilComplete(peer: Downloader, { extraMs = 0, isHopeless }: Patience): Promise<void> {
  const { program, context, blocks } = peer;
  const { outputPath } = program;
  if (outputPath === undefined) {
    throw new CannotJudge('the manifest does not say where the peer leaves its file (peer.output)');
  }
  const { transcript, timing } = context;
  const file = Buffer.from(blocks.join(''));
  const startedAtMs = transcript.nowMs();
  const leastMs = extraMs + finishesWithinMs(timing, blocks.length);
  const afterNewsMs = finishesWithinMs(timing, 0);
  const isLate = (nowMs: number): boolean =>
    nowMs > startedAtMs + leastMs && nowMs > lastNewBlockAtMs(peer.requests()) + afterNewsMs;
  for (;;) {
    const ended = program.exit !== undefined || isLate(transcript.nowMs()) || isHopeless?.() === true;
    const problem = await outputProblem(outputPath, file);
    if (problem === undefined) return;
    if (ended) {
      const waitedMs = Math.round(Math.max(leastMs, transcript.nowMs() - startedAtMs));
      throw new TimedViolation(`the original file within ${waitedMs} ms`, `${problem}; ${describeExit(program)}`);
    }
    await transcript.watch.until(() => program.exit !== undefined, pollMs);
  }
}

/** When a block was last requested for the first time; 0 if none was. */
function lastNewBlockAtMs(requests: readonly SeenRequest[]): number {
  const firstAtMs = new Map<unknown, number>();
  for (const { action, body, atMs } of requests) {
    if (action !== 'request_block' && action !== 'request_block_tracker') continue;
    const index = field(body, 'block_index');
    if (!firstAtMs.has(index)) firstAtMs.set(index, atMs);
  }
  return Math.max(0, ...firstAtMs.values());
}
