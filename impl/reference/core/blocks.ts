/** Where the blocks of a file lie. */
export interface Split {
  readonly fileSizeBytes: number;
  /** Where block i begins, for i in 0…N; block i ends where i+1 begins, the last one at the end of the file. */
  readonly offsets: readonly number[];
}

/** The bytes of the file around an offset, so that the split needs no whole file in memory. */
export type ReadByte = (offset: number) => number;

/** The usual split (decision 2.2) by bytes: ⌊size/N⌋ each, the last takes the rest. */
export function splitBytes(fileSizeBytes: number, totalBlocks: number): Split {
  const blockSize = Math.floor(fileSizeBytes / totalBlocks);
  const offsets = Array.from({ length: totalBlocks }, (_, index) => index * blockSize);
  return { fileSizeBytes, offsets: [...offsets, fileSizeBytes] };
}

/** The usual split of a UTF-8 text: as {@link splitBytes}, each border moved back to the border of a character. */
export function splitText(fileSizeBytes: number, totalBlocks: number, readByte: ReadByte): Split {
  const split = splitBytes(fileSizeBytes, totalBlocks);
  const offsets = split.offsets.map((offset) => {
    let border = offset;
    while (border > 0 && border < fileSizeBytes && isContinuation(readByte(border))) border--;
    return border;
  });
  return { fileSizeBytes, offsets };
}

/** Where block `index` begins and how long it is, in bytes. */
export function blockRange(split: Split, index: number): { offset: number; sizeBytes: number } {
  const offset = split.offsets[index];
  const end = split.offsets[index + 1];
  if (offset === undefined || end === undefined) throw new RangeError(`block ${index} is outside the file`);
  return { offset, sizeBytes: end - offset };
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
