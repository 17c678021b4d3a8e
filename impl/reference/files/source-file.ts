import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { blockRange, splitBytes, splitText, type Split } from '../core/split-file.ts';
import { readExactly } from './positioned-io.ts';
import { sha256 } from './sha256.ts';

/** No peer has to accept larger blocks (wire.size.client-takes-any-response). */
const maxBlockBytes = 16 * 1024 * 1024;
const chunkBytes = 1024 * 1024;

/** The file that the tracker shares. A block is read when it is requested, so memory does not grow with the file. */
export class SourceFile {
  readonly name: string;
  readonly split: Split;
  /** The SHA-256 of each block, in hexadecimal digits. */
  readonly sha256: readonly string[];
  readonly #handle: FileHandle;

  private constructor(name: string, split: Split, sha256: readonly string[], handle: FileHandle) {
    this.name = name;
    this.split = split;
    this.sha256 = sha256;
    this.#handle = handle;
  }

  /** Opens and splits the file (`file.blocks.*`). Throws a UsageError if it cannot be shared. */
  static async open(path: string, totalBlocks: number): Promise<SourceFile> {
    const handle = await open(path).catch((error: unknown) => {
      throw new UsageError(`Cannot read --file ${path}: ${(error as Error).message}`);
    });
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new UsageError(`Cannot share --file ${path}: it is not a file`);
      if (Math.floor(stat.size / totalBlocks) > maxBlockBytes) {
        const minimum = Math.ceil(stat.size / maxBlockBytes);
        throw new UsageError(
          `--blocks ${totalBlocks} makes blocks of more than 16 MiB of ${path}: give at least ${minimum}`,
        );
      }
      const split = (await isText(handle, stat.size))
        ? await splitAtCharacters(handle, stat.size, totalBlocks)
        : splitBytes(stat.size, totalBlocks);
      return new SourceFile(basename(path), split, await hashBlocks(handle, split), handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  read(index: number): Promise<Buffer> {
    const { offset, sizeBytes } = blockRange(this.split, index);
    return readExactly(this.#handle, offset, sizeBytes);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

async function isText(handle: FileHandle, sizeBytes: number): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let offset = 0; offset < sizeBytes; offset += chunkBytes) {
      decoder.decode(await readExactly(handle, offset, Math.min(chunkBytes, sizeBytes - offset)), { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Reads only the bytes around each border, since a border moves back by at most three bytes. */
async function splitAtCharacters(handle: FileHandle, sizeBytes: number, totalBlocks: number): Promise<Split> {
  const bytes = new Map<number, number>();
  for (const offset of splitBytes(sizeBytes, totalBlocks).offsets) {
    const from = Math.max(0, offset - 3);
    const around = await readExactly(handle, from, Math.min(offset + 1, sizeBytes) - from);
    around.forEach((byte, index) => bytes.set(from + index, byte));
  }
  return splitText(sizeBytes, totalBlocks, (offset) => bytes.get(offset) ?? 0);
}

async function hashBlocks(handle: FileHandle, split: Split): Promise<string[]> {
  const hashes: string[] = [];
  for (let index = 0; index < split.offsets.length - 1; index++) {
    const { offset, sizeBytes } = blockRange(split, index);
    hashes.push(sha256(await readExactly(handle, offset, sizeBytes)));
  }
  return hashes;
}
