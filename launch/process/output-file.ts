import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/** How much of the end of an output is kept at hand. */
export const tailBytes = 64 * 2 ** 10;
/** A file that has grown beyond this is emptied, but for its tail, at the next look. */
export const maxOutputBytes = 16 * 2 ** 20;

/**
 * What a program prints on one stream. It goes into a file, so that printing costs the harness no memory and never
 * blocks the program. The file is held by descriptor: the program may delete or replace the name as it likes.
 */
export class OutputFile {
  /** To be given to the program. */
  readonly fd: number;
  #open = true;
  /** The end of what has been dropped from the file. */
  #dropped: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.fd = openSync(path, 'a+');
  }

  /** The last 64 KiB as text. */
  tail(): string {
    return this.#bytes().toString('utf8');
  }

  /** Empties a file that has grown too large. The program appends, so it goes on at the start. */
  bound(): void {
    if (!this.#open || fstatSync(this.fd).size <= maxOutputBytes) return;
    this.#dropped = this.#bytes();
    ftruncateSync(this.fd, 0);
  }

  /** Lets the file go; the tail stays readable. */
  close(): void {
    if (!this.#open) return;
    this.#dropped = this.#bytes();
    this.#open = false;
    closeSync(this.fd);
  }

  #bytes(): Buffer {
    if (!this.#open) return this.#dropped;
    const { size } = fstatSync(this.fd);
    const length = Math.min(size, tailBytes);
    const end = Buffer.alloc(length);
    const read = readSync(this.fd, end, 0, length, size - length);
    return Buffer.concat([this.#dropped, end.subarray(0, read)]).subarray(-tailBytes);
  }
}
