import { CannotJudge, TimedViolation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import type { SeenRequest } from '../../wire/scripted-server.ts';
import { describeExit } from '../program-exit.ts';
import { isGoodAsComplete, Settling, type Downloader, type FileCheck } from './good-as-complete.ts';
import { isBlockRequest } from './granted-blocks.ts';
import { outputProblem, readOutput } from './output.ts';
import { exactFileIsSettledAfterMs, fileIsSettledAfterMs, finishesWithinMs } from '../../time-limits.ts';

const pollMs = 20;

export interface Patience {
  /** Added to the time that the download of all blocks may take. */
  readonly extraMs?: number;
  /** Ends the wait early if it returns true. */
  readonly isHopeless?: () => boolean;
  /** What its file may be; default `any`. */
  readonly file?: FileCheck;
  /** The case judges the file, so the peer gets more time to write the very file. */
  readonly judgesFile?: boolean;
}

/**
 * Waits until a peer is complete: until its output is the original file or, once nothing changes any more, as good as that. The
 * wait is extended while the peer asks for blocks that it has not asked for before. What differs goes to the transcript.
 * @throws Violation if it is not complete in time
 * @throws CannotJudge if the manifest does not say where the peer leaves its file
 */
export async function untilComplete(peer: Downloader, patience: Patience): Promise<void> {
  const { extraMs = 0, isHopeless, file: check = 'any', judgesFile = false } = patience;
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
  const settling = new Settling(startedAtMs, judgesFile ? exactFileIsSettledAfterMs : fileIsSettledAfterMs);
  for (;;) {
    const ended = program.exit !== undefined || isLate(transcript.nowMs()) || isHopeless?.() === true;
    const output = await readOutput(outputPath);
    if (output?.equals(file) === true) return;
    const isSettled = settling.isSettled(output, peer.requests(), transcript.nowMs());
    if ((ended || isSettled) && (await isGoodAsComplete(peer, output, file, check))) return;
    if (ended) {
      const waitedMs = Math.round(Math.max(leastMs, transcript.nowMs() - startedAtMs));
      const actual = `${outputProblem(output, file)}; ${describeExit(program)}`;
      throw new TimedViolation(`the original file within ${waitedMs} ms`, actual);
    }
    await transcript.watch.until(() => program.exit !== undefined, pollMs);
  }
}

/** When a block was last requested for the first time; 0 if none was. */
function lastNewBlockAtMs(requests: readonly SeenRequest[]): number {
  const firstAtMs = new Map<unknown, number>();
  for (const { body, atMs } of requests.filter(isBlockRequest)) {
    const index = field(body, 'block_index');
    if (!firstAtMs.has(index)) firstAtMs.set(index, atMs);
  }
  return Math.max(0, ...firstAtMs.values());
}
