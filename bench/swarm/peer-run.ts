import type { Program } from '../../launch/process/program.ts';
import { ProgramError } from '../../launch/process/program-error.ts';
import type { PeerRow, ProgramExit } from '../../schemas/types.ts';
import { OutputWatch } from './output-watch.ts';
import type { SharedFile } from './shared-file.ts';

const stderrTailChars = 2_000;
const longestUnseenMs = 100;
const shortestUnseenMs = 10;

/** A peer, and the process that it is in. */
export interface StartedPeer {
  readonly peerId: string;
  /** The program, or why there is none. */
  readonly started: Program | ProgramError;
  /** Among the peers of its process; default 0. What the process uses is put down to the first. */
  readonly place?: number;
  readonly original: SharedFile;
}

/** One peer of a swarm, from its start to the row that tells how it fared. Times are on the clock of `performance.now()`. */
export class PeerRun {
  readonly peerId: string;
  readonly program: Program | undefined;
  readonly #trouble: ProgramError | undefined;
  readonly #original: SharedFile;
  readonly #watch: OutputWatch | undefined;
  readonly #speaksForProcess: boolean;
  #resourcesDueAtMs = 0;
  #sawItsEnd = false;

  constructor({ peerId, started, place = 0, original }: StartedPeer) {
    this.peerId = peerId;
    this.#original = original;
    this.#speaksForProcess = place === 0;
    if (started instanceof ProgramError) {
      this.#trouble = started;
      return;
    }
    this.program = started;
    const outputPath = started.outputPaths[place];
    if (outputPath !== undefined) this.#watch = new OutputWatch(outputPath, original, started.startedAtMs);
  }

  get completeAtMs(): number | undefined {
    return this.#watch?.completeAtMs;
  }

  /** Whether there is nothing more to wait for: it has the file, or it will not get it any more. */
  get isSettled(): boolean {
    return this.completeAtMs !== undefined || this.hasEnded;
  }

  get hasEnded(): boolean {
    return this.program === undefined || this.program.exit !== undefined;
  }

  /** Looks at its file until that is complete, and now and then at what it uses. */
  async look(): Promise<void> {
    if (this.#sawItsEnd) return;
    if (this.hasEnded) {
      this.#sawItsEnd = true;
      await this.lookFinally();
      return;
    }
    const wasComplete = this.completeAtMs !== undefined;
    await this.#watch?.look();
    const isDue = performance.now() >= this.#resourcesDueAtMs;
    if (isDue || wasComplete !== (this.completeAtMs !== undefined)) this.#lookAtResources();
  }

  #lookAtResources(): void {
    if (this.#speaksForProcess) this.program?.resources();
    const nowMs = performance.now();
    const ageMs = nowMs - (this.program?.startedAtMs ?? nowMs);
    // A process takes its figures with it when it ends: a young one, which may be gone soon, is looked at more often.
    this.#resourcesDueAtMs = nowMs + Math.min(longestUnseenMs, Math.max(shortestUnseenMs, ageMs / 10));
  }

  /** Settles what the file is, when the time is over. */
  async lookFinally(): Promise<void> {
    await this.#watch?.lookFinally();
    this.#lookAtResources();
  }

  /**
   * The result so far.
   * @param registeredAtMs when its registration was answered
   * @param interrupted whether the run was ended before the peer's time was over
   */
  row(registeredAtMs: number | undefined, interrupted: boolean): PeerRow {
    const row: PeerRow = { peerId: this.peerId, exit: exitOf(this.program), ...this.#judge(interrupted) };
    if (this.completeAtMs !== undefined && this.program) {
      row.startToCompleteMs = this.completeAtMs - this.program.startedAtMs;
      if (registeredAtMs !== undefined) row.registrationToCompleteMs = Math.max(0, this.completeAtMs - registeredAtMs);
    }
    const resources = this.#speaksForProcess ? this.program?.resources() : undefined;
    if (resources) row.resources = resources;
    const stderr = this.program?.stderr() ?? this.#trouble?.stderr ?? '';
    if (row.detail !== undefined && stderr !== '') row.stderrTail = stderr.slice(-stderrTailChars);
    return row;
  }

  #judge(interrupted: boolean): { outcome: PeerRow['outcome']; detail?: string } {
    const isComplete = this.completeAtMs !== undefined;
    // Whatever ended when the run did was ended by it.
    if (interrupted)
      return isComplete ? { outcome: 'complete' } : { outcome: 'stopped', detail: 'The run was interrupted.' };
    if (!this.program) return { outcome: 'cannot-start', detail: this.#trouble?.message ?? 'It could not be started.' };
    const { exit } = this.program;
    const ended = exit && `It ended ${exit.signal === null ? `with exit code ${exit.code}` : `by ${exit.signal}`}`;
    if (isComplete)
      return ended && exit.code !== 0 ? { outcome: 'complete', detail: `${ended}.` } : { outcome: 'complete' };
    const size = this.#watch?.sizeBytes;
    const left = `its file has ${size} bytes and is not the original of ${this.#original.bytes.length} bytes`;
    if (ended && size !== undefined) return { outcome: 'wrong-file', detail: `${ended}, and ${left}.` };
    if (ended) return { outcome: 'exited', detail: `${ended} before it had the file.` };
    if (size !== undefined) return { outcome: 'wrong-file', detail: `When its time was over, ${left}.` };
    return { outcome: 'deadline', detail: 'When its time was over, it had no file.' };
  }
}

function exitOf(program: Program | undefined): ProgramExit {
  const exit = program?.exit;
  return { ...(exit?.code != null && { code: exit.code }), ...(exit?.signal != null && { signal: exit.signal }) };
}
