/** The blocks of a known file, as far as the tracker has shown where it cuts the file. */
export class KnownBlocks {
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

  /** Records a block from the tracker. @returns what is wrong with it, if anything */
  fromTracker(index: number, bytes: Buffer): string | undefined {
    const known = this.#blocks[index];
    if (known) return known.equals(bytes) ? undefined : `gave block ${index} with another content than before`;
    const blocks = this.#blocks.with(index, bytes);
    if (!isCutOf(this.#file, blocks)) {
      return `gave block ${index} with a content that does not fit the file`;
    }
    this.#blocks[index] = bytes;
    return undefined;
  }

  /** Checks a block from a peer. @returns what is wrong with it, if anything */
  fromPeer(index: number, bytes: Buffer): string | undefined {
    const known = this.#blocks[index];
    // A block that the tracker has not given yet must at least be a part of the file.
    if (known ? known.equals(bytes) : this.#file.includes(bytes)) return undefined;
    return `gave block ${index} with another content than that in the file`;
  }

  /** A block as the tracker gave it; undefined if it has not yet. */
  block(index: number): Buffer | undefined {
    return this.#blocks[index];
  }
}

/**
 * Whether the known blocks, with anything between them, can be the file. Each sequence of known blocks is searched behind the
 * one before it; the first and the last must be at the ends of the file.
 */
function isCutOf(file: Buffer, blocks: readonly (Buffer | undefined)[]): boolean {
  const sequences: Buffer[] = [];
  let sequence: Buffer[] = [];
  for (const block of blocks) {
    if (block) sequence.push(block);
    else {
      sequences.push(Buffer.concat(sequence));
      sequence = [];
    }
  }
  const last = Buffer.concat(sequence);
  const [first, ...middle] = sequences;
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
