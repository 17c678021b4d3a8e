import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/** How much of the end of an output stays readable. */
export const tailBytes = 64 * 2 ** 10;
/** A file larger than this is truncated at the next check, and its tail kept in memory. */
export const maxOutputBytes = 16 * 2 ** 20;

/**
 * The output of a program on one stream. It goes to a file, so that output costs the harness no memory and never blocks
 * the program. The harness keeps the descriptor: the program may delete or replace the file.
 */
export class OutputFile {
  /** The descriptor to pass to the program. */
  readonly fd: number;
  #open = true;
  /** The tail of the output that was truncated. */
  #truncated: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.fd = openSync(path, 'a+');
  }

  /** The last 64 KiB as text. */
  tail(): string {
    return this.#bytes().toString('utf8');
  }

  /** Truncates a file that has grown too large. The program appends, so it continues at the start. */
  truncate(): void {
    if (!this.#open || fstatSync(this.fd).size <= maxOutputBytes) return;
    this.#truncated = this.#bytes();
    ftruncateSync(this.fd, 0);
  }

  /** Closes the file; the tail stays readable. */
  close(): void {
    if (!this.#open) return;
    this.#truncated = this.#bytes();
    this.#open = false;
    closeSync(this.fd);
  }

  #bytes(): Buffer {
    if (!this.#open) return this.#truncated;
    const { size } = fstatSync(this.fd);
    const length = Math.min(size, tailBytes);
    const end = Buffer.alloc(length);
    const read = readSync(this.fd, end, 0, length, size - length);
    return Buffer.concat([this.#truncated, end.subarray(0, read)]).subarray(-tailBytes);
  }
}
