/** Where a file is cut into blocks. */
export interface Split {
  readonly fileSizeBytes: number;
  /** Where block i begins, for i from 0 to N; block i ends where i + 1 begins, the last one at the end of the file. */
  readonly offsets: readonly number[];
}

/** Reads the byte at an offset, so that the whole file need not be in memory. */
export type ReadByte = (offset: number) => number;

/** Cuts bytes: ⌊size/N⌋ for each block, and the rest for the last one (file.blocks.usual-split). */
export function splitBytes(fileSizeBytes: number, totalBlocks: number): Split {
  const blockSize = Math.floor(fileSizeBytes / totalBlocks);
  const offsets = Array.from({ length: totalBlocks }, (_, index) => index * blockSize);
  return { fileSizeBytes, offsets: [...offsets, fileSizeBytes] };
}

/**
 * Cuts a UTF-8 text like {@link splitBytes}, but moves each border back to the start of a character
 * (file.blocks.character-borders).
 */
export function splitText(fileSizeBytes: number, totalBlocks: number, readByte: ReadByte): Split {
  const split = splitBytes(fileSizeBytes, totalBlocks);
  const offsets = split.offsets.map((offset) => {
    let border = offset;
    while (border > 0 && border < fileSizeBytes && isContinuation(readByte(border))) border--;
    return border;
  });
  return { fileSizeBytes, offsets };
}

/** Where block `index` begins, and its size. Throws a RangeError for an index outside the file. */
export function blockRange(split: Split, index: number): { offset: number; sizeBytes: number } {
  const offset = split.offsets[index];
  const end = split.offsets[index + 1];
  if (offset === undefined || end === undefined) throw new RangeError(`block ${index} is outside the file`);
  return { offset, sizeBytes: end - offset };
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
