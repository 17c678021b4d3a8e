import type { Program } from '../../launch/process/program.ts';
import { ProgramError } from '../../launch/process/program-error.ts';
import type { PeerRow, ProgramExit } from '../../schemas/types.ts';
import { OutputWatch } from './output-watch.ts';
import type { SharedFile } from './shared-file.ts';

const tailCharacters = 2_000;
const mostResourcesGapMs = 100;
const leastResourcesGapMs = 10;

/** A peer and its process. */
export interface StartedPeer {
  readonly peerId: string;
  /** The program, or why it could not be started. */
  readonly started: Program | ProgramError;
  /** Which peer of its process it is; default 0. The first one reports the resources of the process. */
  readonly indexInProcess?: number;
  readonly original: SharedFile;
}

/** One peer of a swarm, from its start to its row in the result. Times are on the clock of `performance.now()`. */
export class MeasuredPeer {
  readonly peerId: string;
  readonly program: Program | undefined;
  readonly #trouble: ProgramError | undefined;
  readonly #original: SharedFile;
  readonly #watch: OutputWatch | undefined;
  readonly #reportsResources: boolean;
  #resourcesDueAtMs = 0;
  #sawExit = false;

  constructor({ peerId, started, indexInProcess = 0, original }: StartedPeer) {
    this.peerId = peerId;
    this.#original = original;
    this.#reportsResources = indexInProcess === 0;
    if (started instanceof ProgramError) {
      this.#trouble = started;
      return;
    }
    this.program = started;
    const outputPath = started.outputPaths[indexInProcess];
    if (outputPath !== undefined) this.#watch = new OutputWatch(outputPath, original, started.startedAtMs);
  }

  get completeAtMs(): number | undefined {
    return this.#watch?.completeAtMs;
  }

  /** Whether it has the file or has ended. */
  get isSettled(): boolean {
    return this.completeAtMs !== undefined || this.hasEnded;
  }

  get hasEnded(): boolean {
    return this.program === undefined || this.program.exit !== undefined;
  }

  /** Looks at its file until that is complete, and regularly at its resources. */
  async look(): Promise<void> {
    if (this.#sawExit) return;
    if (this.hasEnded) {
      this.#sawExit = true;
      await this.lookFinally();
      return;
    }
    const wasComplete = this.completeAtMs !== undefined;
    await this.#watch?.look();
    const isDue = performance.now() >= this.#resourcesDueAtMs;
    if (isDue || wasComplete !== (this.completeAtMs !== undefined)) this.#lookAtResources();
  }

  #lookAtResources(): void {
    if (this.#reportsResources) this.program?.resources();
    const nowMs = performance.now();
    const ageMs = nowMs - (this.program?.startedAtMs ?? nowMs);
    // The figures of a process are gone when it ends: look more often at a young one, which may end soon.
    this.#resourcesDueAtMs = nowMs + Math.min(mostResourcesGapMs, Math.max(leastResourcesGapMs, ageMs / 10));
  }

  /** Looks for the last time, when the swarm is over. */
  async lookFinally(): Promise<void> {
    await this.#watch?.lookFinally();
    this.#lookAtResources();
  }

  /**
   * Its row in the result.
   * @param registeredAtMs when its registration was answered
   * @param interrupted whether the run ended before the peer's deadline
   */
  row(registeredAtMs: number | undefined, interrupted: boolean): PeerRow {
    const row: PeerRow = { peerId: this.peerId, exit: exitOf(this.program), ...this.#outcome(interrupted) };
    if (this.completeAtMs !== undefined && this.program) {
      row.startToCompleteMs = this.completeAtMs - this.program.startedAtMs;
      if (registeredAtMs !== undefined) row.registrationToCompleteMs = Math.max(0, this.completeAtMs - registeredAtMs);
    }
    const resources = this.#reportsResources ? this.program?.resources() : undefined;
    if (resources) row.resources = resources;
    return row.detail === undefined ? row : { ...row, ...this.#printed() };
  }

  #printed(): Pick<PeerRow, 'stderrTail' | 'stdoutTail'> {
    const stderr = this.program?.stderr() ?? this.#trouble?.output.stderr ?? '';
    const stdout = this.program?.stdout() ?? this.#trouble?.output.stdout ?? '';
    return {
      ...(stderr !== '' && { stderrTail: stderr.slice(-tailCharacters) }),
      ...(stdout !== '' && { stdoutTail: stdout.slice(-tailCharacters) }),
    };
  }

  #outcome(interrupted: boolean): { outcome: PeerRow['outcome']; detail?: string } {
    const isComplete = this.completeAtMs !== undefined;
    // After an interrupt, an exit says nothing about the peer.
    if (interrupted)
      return isComplete ? { outcome: 'complete' } : { outcome: 'stopped', detail: 'The run was interrupted.' };
    if (!this.program) return { outcome: 'cannot-start', detail: this.#trouble?.message ?? 'It could not be started.' };
    const { exit } = this.program;
    const ended = exit && `It ended ${exit.signal === null ? `with exit code ${exit.code}` : `by ${exit.signal}`}`;
    if (isComplete)
      return ended && exit.code !== 0 ? { outcome: 'complete', detail: `${ended}.` } : { outcome: 'complete' };
    const size = this.#watch?.sizeBytes;
    const left = `its file has ${size} bytes and differs from the original of ${this.#original.bytes.length} bytes`;
    if (ended && size !== undefined) return { outcome: 'wrong-file', detail: `${ended}, and ${left}.` };
    if (ended) return { outcome: 'exited', detail: `${ended} before it had the file.` };
    if (size !== undefined) return { outcome: 'wrong-file', detail: `At the deadline, ${left}.` };
    return { outcome: 'deadline', detail: 'At the deadline, it had no file.' };
  }
}

function exitOf(program: Program | undefined): ProgramExit {
  const exit = program?.exit;
  return { ...(exit?.code != null && { code: exit.code }), ...(exit?.signal != null && { signal: exit.signal }) };
}
