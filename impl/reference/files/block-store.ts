import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { blockRange, splitBytes, type Split } from '../core/split-file.ts';
import { readExactly, writeFully } from './positioned-io.ts';
import { sha256 } from './sha256.ts';

/** The tracker's description of the file (extension `metadata`). */
export interface FileDescription {
  readonly fileSizeBytes: number;
  /** The SHA-256 of each block, in lower-case hexadecimal digits. */
  readonly sha256: readonly string[];
}

/** Where a block is stored. */
interface StoredBlock {
  readonly handle: FileHandle;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Before each block in the overflow file: its index and its size, 32 bits each. */
const headerBytes = 8;

/**
 * Stores blocks on the disk until they are the whole file.
 *
 * They are in two files beside the output. `.NAME.part` has the layout of the output: it contains the blocks of the usual size.
 * Other blocks (text is cut between characters, and without a description no size is known) are appended to `.NAME.overflow`,
 * each after its index and size. A peer that was killed at any moment recovers its blocks from both files: a block with the
 * right hash is valid.
 */
export class BlockStore {
  readonly #outputPath: string;
  readonly #totalBlocks: number;
  readonly #stored: (StoredBlock | undefined)[];
  #description: FileDescription | undefined;
  #usualSplit: Split | undefined;
  #part: FileHandle | undefined;
  #overflow: FileHandle | undefined;
  #overflowSizeBytes = 0;
  #published = false;

  constructor(outputPath: string, totalBlocks: number) {
    this.#outputPath = outputPath;
    this.#totalBlocks = totalBlocks;
    this.#stored = Array.from({ length: totalBlocks });
  }

  /** Opens the files, and returns the valid blocks in them: none without a description. */
  async open(description: FileDescription | undefined): Promise<number[]> {
    this.#description = description;
    this.#usualSplit = description && splitBytes(description.fileSizeBytes, this.#totalBlocks);
    const empty = description === undefined;
    this.#part = await openToWrite(this.#temporaryPath('part'), empty);
    this.#overflow = await openToWrite(this.#temporaryPath('overflow'), empty);
    if (description !== undefined) {
      await this.#recoverPart(this.#part, description);
      await this.#recoverOverflow(this.#overflow, description);
    }
    return [...this.#stored.keys()].filter((index) => this.#stored[index] !== undefined);
  }

  /** Whether the bytes have the hash of block `index`; true without a description. */
  isValid(index: number, bytes: Buffer): boolean {
    return this.#description === undefined || sha256(bytes) === this.#description.sha256[index];
  }

  async write(index: number, bytes: Buffer): Promise<void> {
    if (this.#part === undefined || this.#overflow === undefined) throw new Error('the store is not open');
    const usual = this.#usualRange(index);
    if (usual?.sizeBytes === bytes.length) {
      await writeFully(this.#part, bytes, usual.offset);
      this.#stored[index] = { handle: this.#part, ...usual };
      return;
    }
    const header = Buffer.alloc(headerBytes);
    header.writeUInt32BE(index, 0);
    header.writeUInt32BE(bytes.length, 4);
    const offset = this.#overflowSizeBytes;
    this.#overflowSizeBytes += headerBytes + bytes.length;
    await writeFully(this.#overflow, Buffer.concat([header, bytes]), offset);
    this.#stored[index] = { handle: this.#overflow, offset: offset + headerBytes, sizeBytes: bytes.length };
  }

  read(index: number): Promise<Buffer> {
    const stored = this.#stored[index];
    if (stored === undefined) throw new Error(`block ${index} is not stored`);
    return readExactly(stored.handle, stored.offset, stored.sizeBytes);
  }

  /** Writes the output, once all blocks are stored. Blocks can still be read afterwards. */
  async publish(): Promise<void> {
    const sizeBytes = this.#stored.reduce((sum, block) => sum + (block?.sizeBytes ?? 0), 0);
    const expected = this.#description?.fileSizeBytes ?? sizeBytes;
    if (sizeBytes !== expected) throw new Error(`the blocks make ${sizeBytes} bytes, the tracker says ${expected}`);
    const inOrder = this.#stored.every((block) => block?.handle === this.#part);
    const whole = inOrder ? this.#temporaryPath('part') : await this.#assemble();
    await this.#part?.truncate(sizeBytes);
    await this.#part?.datasync();
    await rename(whole, this.#outputPath);
    await this.#removeTemporary();
    this.#published = true;
  }

  /** Closes the files. Unfinished ones are kept if they can be recovered from. */
  async close(): Promise<void> {
    await this.#part?.close();
    await this.#overflow?.close();
    if (!this.#published && this.#description === undefined) await this.#removeTemporary();
  }

  async #removeTemporary(): Promise<void> {
    for (const extension of ['part', 'overflow', 'whole']) await rm(this.#temporaryPath(extension), { force: true });
  }

  #temporaryPath(extension: string): string {
    return join(dirname(this.#outputPath), `.${basename(this.#outputPath)}.${extension}`);
  }

  /** The block's range in the output if it has the usual size. */
  #usualRange(index: number): { offset: number; sizeBytes: number } | undefined {
    return this.#usualSplit && blockRange(this.#usualSplit, index);
  }

  async #recoverPart(part: FileHandle, description: FileDescription): Promise<void> {
    const { size } = await part.stat();
    for (let index = 0; index < this.#totalBlocks && size > 0; index++) {
      const usual = this.#usualRange(index);
      if (usual === undefined || usual.offset + usual.sizeBytes > size) continue;
      if (sha256(await readExactly(part, usual.offset, usual.sizeBytes)) !== description.sha256[index]) continue;
      this.#stored[index] = { handle: part, ...usual };
    }
  }

  async #recoverOverflow(overflow: FileHandle, description: FileDescription): Promise<void> {
    const { size } = await overflow.stat();
    for (let offset = 0; offset + headerBytes <= size;) {
      const header = await readExactly(overflow, offset, headerBytes);
      const [index, sizeBytes] = [header.readUInt32BE(0), header.readUInt32BE(4)];
      offset += headerBytes;
      if (index >= this.#totalBlocks || offset + sizeBytes > size) break;
      const block = await readExactly(overflow, offset, sizeBytes);
      // The record was cut off by a crash, or is from another file: it and those after it are overwritten.
      if (sha256(block) !== description.sha256[index]) break;
      this.#stored[index] = { handle: overflow, offset, sizeBytes };
      offset += sizeBytes;
      this.#overflowSizeBytes = offset;
    }
  }

  /** Writes the blocks in order to a new file, which replaces the part file. Returns its path. */
  async #assemble(): Promise<string> {
    const path = this.#temporaryPath('whole');
    const whole = await openToWrite(path, true);
    let offset = 0;
    for (let index = 0; index < this.#totalBlocks; index++) {
      const block = await this.read(index);
      await writeFully(whole, block, offset);
      this.#stored[index] = { handle: whole, offset, sizeBytes: block.length };
      offset += block.length;
    }
    await this.#part?.close();
    this.#part = whole;
    return path;
  }
}

/** Opens a file for reading and writing. Creates it if it does not exist; empties it if `empty`. */
async function openToWrite(path: string, empty: boolean): Promise<FileHandle> {
  if (empty) return open(path, 'w+');
  return open(path, 'r+').catch(() => open(path, 'w+'));
}
