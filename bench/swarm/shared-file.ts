import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { constants, isUtf8 } from 'node:buffer';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { UsageError } from '../../launch/usage-error.ts';
import { capacity } from './capacity.ts';
import { whyUnreadable } from '../../launch/documents/why-unreadable.ts';

/** The file that a swarm shares. */
export interface SharedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Whether an implementation without extensions can share it, which handles text only. */
  readonly isText: boolean;
}

// One to four bytes per character in UTF-8, so that blocks are cut inside characters.
const words =
  'bloco ficheiro peer tracker vizinho informação seleção reconstrução anúncio não até três über Ωμέγα данные 共有 分散 ⟨α⟩ 🧩 🌍 " \\ { } \t'.split(
    ' ',
  );

/**
 * A text of exactly this size, with characters of one to four bytes; the same for the same seed.
 * @throws UsageError if it does not fit into memory
 */
export function makeTextFile(sizeBytes: number, seed: number): SharedFile {
  const mostBytes = Math.min(constants.MAX_LENGTH, capacity().memoryBytes);
  if (sizeBytes > mostBytes) {
    throw new UsageError(`--size: ${sizeBytes} bytes do not fit into memory: the limit is ${mostBytes} bytes.`);
  }
  const random = xoroshiro128plus(seed);
  const bytes = Buffer.alloc(sizeBytes, '.');
  for (let at = 0; at < sizeBytes;) {
    const word = `${words[uniformInt(random, 0, words.length - 1)] ?? ''}${uniformInt(random, 0, 9) === 0 ? '\n' : ' '}`;
    // `write` writes whole characters only: the last bytes may stay dots.
    const written = bytes.write(word, at);
    if (written < Buffer.byteLength(word)) break;
    at += written;
  }
  return describe(`text of ${sizeBytes} bytes, seed ${seed}`, bytes);
}

/** Random bytes, which are not UTF-8; the same for the same seed. */
export function makeBinaryFile(sizeBytes: number, seed: number): SharedFile {
  const random = xoroshiro128plus(seed);
  const bytes = Buffer.from(Array.from({ length: sizeBytes }, () => uniformInt(random, 0, 255)));
  return describe(`${sizeBytes} bytes, seed ${seed}`, bytes);
}

/** @throws UsageError if the file cannot be read */
export async function readSharedFile(path: string): Promise<SharedFile> {
  try {
    return describe(basename(path), await readFile(path));
  } catch (error) {
    throw new UsageError(`--file: ${path} cannot be read: ${whyUnreadable(error)}. Give the path of a file.`);
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function describe(name: string, bytes: Buffer): SharedFile {
  return { name, bytes, sha256: sha256(bytes), isText: isUtf8(bytes) };
}
