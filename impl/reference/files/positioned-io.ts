import type { FileHandle } from 'node:fs/promises';

/** Reads `sizeBytes` bytes at the offset. Throws if the file ends before. */
export async function readExactly(handle: FileHandle, offset: number, sizeBytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(sizeBytes);
  let done = 0;
  while (done < sizeBytes) {
    const { bytesRead } = await handle.read(buffer, done, sizeBytes - done, offset + done);
    if (bytesRead === 0) throw new Error(`the file ends before byte ${offset + sizeBytes}`);
    done += bytesRead;
  }
  return buffer;
}

/** Writes all the bytes at the offset. */
export async function writeFully(handle: FileHandle, bytes: Buffer, offset: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
}
