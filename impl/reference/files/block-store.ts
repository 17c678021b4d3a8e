import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { blockRange, splitBytes, type Split } from '../core/blocks.ts';
import { readExactly, writeFully } from './positioned-io.ts';
import { sha256 } from './source-file.ts';

/** What the tracker has told about the file (extension `metadata`). */
export interface FileDescription {
  readonly fileSizeBytes: number;
  /** The SHA-256 of each block, in lower-case hexadecimal digits. */
  readonly sha256: readonly string[];
}

interface Place {
  readonly handle: FileHandle;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Before each block in the overflow file: its index and its size, 32 bits each. */
const headerBytes = 8;

/**
 * The blocks that are there, on the disk, until they are the whole file.
 *
 * Two files beside the output take them. `.NAME.part` has the layout of the output: a block of the usual size lies where
 * it will lie in the end. Any other (text is cut at characters, and without a description nothing is known) goes to
 * `.NAME.overflow`, with its index and size before it. A peer that was killed at any moment finds in them what it has:
 * whatever has the right hash is right.
 */
export class BlockStore {
  readonly #outputPath: string;
  readonly #totalBlocks: number;
  readonly #places: (Place | undefined)[];
  #description: FileDescription | undefined;
  #usualSplit: Split | undefined;
  #part: FileHandle | undefined;
  #overflow: FileHandle | undefined;
  #overflowSizeBytes = 0;
  #published = false;

  constructor(outputPath: string, totalBlocks: number) {
    this.#outputPath = outputPath;
    this.#totalBlocks = totalBlocks;
    this.#places = Array.from({ length: totalBlocks });
  }

  /** Opens the files, and returns the blocks that are there and right. Without a description nothing can be told right. */
  async open(description: FileDescription | undefined): Promise<number[]> {
    this.#description = description;
    this.#usualSplit = description && splitBytes(description.fileSizeBytes, this.#totalBlocks);
    const fresh = description === undefined;
    this.#part = await openToWrite(this.#beside('part'), fresh);
    this.#overflow = await openToWrite(this.#beside('overflow'), fresh);
    if (description !== undefined) {
      await this.#recoverPart(this.#part, description);
      await this.#recoverOverflow(this.#overflow, description);
    }
    return [...this.#places.keys()].filter((index) => this.#places[index] !== undefined);
  }

  /** Whether the bytes can be block `index`. */
  isRight(index: number, bytes: Buffer): boolean {
    return this.#description === undefined || sha256(bytes) === this.#description.sha256[index];
  }

  async write(index: number, bytes: Buffer): Promise<void> {
    if (this.#part === undefined || this.#overflow === undefined) throw new Error('the store is not open');
    const usual = this.#usualPlace(index);
    if (usual?.sizeBytes === bytes.length) {
      await writeFully(this.#part, bytes, usual.offset);
      this.#places[index] = { handle: this.#part, ...usual };
      return;
    }
    const header = Buffer.alloc(headerBytes);
    header.writeUInt32BE(index, 0);
    header.writeUInt32BE(bytes.length, 4);
    const offset = this.#overflowSizeBytes;
    this.#overflowSizeBytes += headerBytes + bytes.length;
    await writeFully(this.#overflow, Buffer.concat([header, bytes]), offset);
    this.#places[index] = { handle: this.#overflow, offset: offset + headerBytes, sizeBytes: bytes.length };
  }

  read(index: number): Promise<Buffer> {
    const place = this.#places[index];
    if (place === undefined) throw new Error(`block ${index} is not there`);
    return readExactly(place.handle, place.offset, place.sizeBytes);
  }

  /** All blocks are there: the output appears under its name, complete. Blocks can be read as before. */
  async publish(): Promise<void> {
    const sizeBytes = this.#places.reduce((sum, place) => sum + (place?.sizeBytes ?? 0), 0);
    const expected = this.#description?.fileSizeBytes ?? sizeBytes;
    if (sizeBytes !== expected) throw new Error(`the blocks make ${sizeBytes} bytes, the tracker says ${expected}`);
    const inOrder = this.#places.every((place) => place?.handle === this.#part);
    const whole = inOrder ? this.#beside('part') : await this.#assemble();
    await this.#part?.truncate(sizeBytes);
    await this.#part?.datasync();
    await rename(whole, this.#outputPath);
    await this.#removeUnfinished();
    this.#published = true;
  }

  /** Closes the files. What is unfinished stays if it can be gone on with. */
  async close(): Promise<void> {
    await this.#part?.close();
    await this.#overflow?.close();
    if (!this.#published && this.#description === undefined) await this.#removeUnfinished();
  }

  async #removeUnfinished(): Promise<void> {
    for (const ending of ['part', 'overflow', 'whole']) await rm(this.#beside(ending), { force: true });
  }

  #beside(ending: string): string {
    return join(dirname(this.#outputPath), `.${basename(this.#outputPath)}.${ending}`);
  }

  /** Where the block lies if it has the usual size. */
  #usualPlace(index: number): { offset: number; sizeBytes: number } | undefined {
    return this.#usualSplit && blockRange(this.#usualSplit, index);
  }

  async #recoverPart(part: FileHandle, description: FileDescription): Promise<void> {
    const { size } = await part.stat();
    for (let index = 0; index < this.#totalBlocks && size > 0; index++) {
      const usual = this.#usualPlace(index);
      if (usual === undefined || usual.offset + usual.sizeBytes > size) continue;
      if (sha256(await readExactly(part, usual.offset, usual.sizeBytes)) !== description.sha256[index]) continue;
      this.#places[index] = { handle: part, ...usual };
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
      // A record that was cut off by a crash, or is of another file: what follows it is overwritten.
      if (sha256(block) !== description.sha256[index]) break;
      this.#places[index] = { handle: overflow, offset, sizeBytes };
      offset += sizeBytes;
      this.#overflowSizeBytes = offset;
    }
  }

  /** Puts the blocks in order into a new file, which takes the place of the part file. Returns its path. */
  async #assemble(): Promise<string> {
    const path = this.#beside('whole');
    const whole = await openToWrite(path, true);
    let offset = 0;
    for (let index = 0; index < this.#totalBlocks; index++) {
      const block = await this.read(index);
      await writeFully(whole, block, offset);
      this.#places[index] = { handle: whole, offset, sizeBytes: block.length };
      offset += block.length;
    }
    await this.#part?.close();
    this.#part = whole;
    return path;
  }
}

/** Reads and writes a file that may be there already, from its beginning or, if `fresh`, emptied. */
async function openToWrite(path: string, fresh: boolean): Promise<FileHandle> {
  if (fresh) return open(path, 'w+');
  return open(path, 'r+').catch(() => open(path, 'w+'));
}
