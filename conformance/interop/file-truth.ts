/** What is known of the blocks of a file, of which only the whole is known beforehand: its tracker decides where it cuts. */
export class FileTruth {
  readonly #file: Buffer;
  /** By index, as the tracker gave them. */
  readonly #blocks: (Buffer | undefined)[];

  constructor(file: Buffer, blocks: number) {
    this.#file = file;
    this.#blocks = new Array<Buffer | undefined>(blocks).fill(undefined);
  }

  get sizeBytes(): number {
    return this.#file.length;
  }

  /** Takes a block from the tracker. @returns what is wrong with it, if anything is */
  fromTracker(index: number, bytes: Buffer): string | undefined {
    const known = this.#blocks[index];
    if (known) return known.equals(bytes) ? undefined : `gave another content of block ${index} than before`;
    const blocks = this.#blocks.with(index, bytes);
    if (!isCutOf(this.#file, blocks)) {
      return `gave a content of block ${index} with which the blocks cannot be the file`;
    }
    this.#blocks[index] = bytes;
    return undefined;
  }

  /** Compares a block from a peer. @returns what is wrong with it, if anything is */
  fromPeer(index: number, bytes: Buffer): string | undefined {
    const known = this.#blocks[index];
    // What the tracker was not seen to give must at least stand in the file somewhere.
    if (known ? known.equals(bytes) : this.#file.includes(bytes)) return undefined;
    return `gave another content of block ${index} than the file's`;
  }

  /** The content of a block as the tracker gave it; undefined if it did not yet. */
  block(index: number): Buffer | undefined {
    return this.#blocks[index];
  }
}

/**
 * Whether the known blocks, with anything in the place of the unknown ones, can be the file. Each run of known blocks is
 * looked for behind the one before it, the first and the last run at the ends of the file.
 */
function isCutOf(file: Buffer, blocks: readonly (Buffer | undefined)[]): boolean {
  const runs: Buffer[] = [];
  let run: Buffer[] = [];
  for (const block of blocks) {
    if (block) run.push(block);
    else {
      runs.push(Buffer.concat(run));
      run = [];
    }
  }
  const last = Buffer.concat(run);
  const [first, ...middle] = runs;
  if (!first) return last.equals(file);
  if (!file.subarray(0, first.length).equals(first)) return false;
  let at = first.length;
  for (const part of middle) {
    const found = file.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const end = file.length - last.length;
  return end >= at && file.subarray(end).equals(last);
}
