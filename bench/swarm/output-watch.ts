import { readFile, stat } from 'node:fs/promises';
import { sha256, type SharedFile } from './shared-file.ts';

/** The wall clock's zero, on the clock of `performance.now()`. */
const wallClockZeroMs = -performance.timeOrigin;

/**
 * Finds the time at which a peer's file became complete. A change lies between two looks, and the file's change time says
 * where; that is read from the wall clock, so it is limited to the time between the looks.
 */
export class OutputWatch {
  readonly #path: string;
  readonly #original: SharedFile;
  #seen = '';
  #lastLookAtMs: number;
  #changedAtMs: number;
  #hashed = '';
  #sizeBytes: number | undefined;
  #completeAtMs: number | undefined;

  /** @param startedAtMs when the peer was started, on the clock of `performance.now()`, as are all times here */
  constructor(path: string, original: SharedFile, startedAtMs: number) {
    this.#path = path;
    this.#original = original;
    this.#lastLookAtMs = this.#changedAtMs = startedAtMs;
  }

  /** When the file became complete; `undefined` while it is not known to be the original. */
  get completeAtMs(): number | undefined {
    return this.#completeAtMs;
  }

  /** The size of the file as last seen, complete or not; `undefined` without a file. */
  get sizeBytes(): number | undefined {
    return this.#sizeBytes;
  }

  /** Looks once. The content is read when the file has the right size and has not changed since the last look. */
  async look(): Promise<void> {
    if (this.#completeAtMs !== undefined) return;
    const lookAtMs = performance.now();
    const found = await stat(this.#path).catch(() => undefined);
    this.#sizeBytes = found?.isFile() ? found.size : undefined;
    const state = found ? `${found.ino}:${found.size}:${found.ctimeMs}` : '';
    if (state !== this.#seen) {
      const writtenAtMs = (found?.ctimeMs ?? 0) + wallClockZeroMs;
      this.#changedAtMs = Math.min(Math.max(writtenAtMs, this.#lastLookAtMs), performance.now());
      this.#seen = state;
    } else if (this.#sizeBytes === this.#original.bytes.length && state !== this.#hashed) {
      await this.#compare(state);
    }
    this.#lastLookAtMs = lookAtMs;
  }

  /** Looks for the last time, after all writes: now the content alone decides. */
  async lookFinally(): Promise<void> {
    await this.look();
    if (this.#completeAtMs === undefined && this.#sizeBytes !== undefined) await this.#compare(this.#seen);
  }

  async #compare(state: string): Promise<void> {
    this.#hashed = state;
    const bytes = await readFile(this.#path).catch(() => undefined);
    if (bytes && sha256(bytes) === this.#original.sha256) this.#completeAtMs = this.#changedAtMs;
  }
}
