import type { Bench } from 'tinybench';
import { sha256 } from '../../impl/reference/files/sha256.ts';

/** The hash that every block is checked with, if the tracker sends `block_sha256`. */
export function addHashing(bench: Bench): void {
  for (const kibibytes of [48, 1024]) {
    const bytes = Buffer.alloc(kibibytes * 1024, 'ação. ');
    bench.add(`hashing: SHA-256 of a block of ${kibibytes} KiB`, () => sha256(bytes));
  }
}
