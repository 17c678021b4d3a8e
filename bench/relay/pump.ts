import type { Socket } from 'node:net';
import type { Line } from './line.ts';

/** What is done with the bytes that go in one direction of a connection. */
export interface Direction {
  /** The source has sent these bytes. */
  onSent?(chunk: Buffer): void;
  /** They have arrived at the other end. @returns what the target receives */
  onArrived(chunk: Buffer): Buffer | Promise<Buffer>;
  /** The source has ended. @returns what the target receives last */
  onEnd(): Buffer;
}

/** Forwards the bytes of one socket to another over a line, and then its end or its reset. */
export class Pump {
  readonly #source: Socket;
  readonly #target: Socket;
  readonly #direction: Direction;
  readonly #limitBytes: number;
  /** Read from the source and not yet written to the target. */
  #heldBytes = 0;
  /** The last step that is not done: later ones wait for it. */
  #last: Promise<void> | undefined;

  /** @param limitBytes the source is paused while this many bytes are in transit */
  constructor(source: Socket, target: Socket, line: Line, limitBytes: number, direction: Direction) {
    this.#source = source;
    this.#target = target;
    this.#direction = direction;
    this.#limitBytes = limitBytes;
    source.on('data', (chunk) => {
      this.#heldBytes += chunk.length;
      if (this.#heldBytes >= limitBytes) source.pause();
      direction.onSent?.(chunk);
      line.send(chunk.length, () => this.#inOrder(() => this.#deliver(chunk)));
    });
    source.on('end', () => line.send(0, () => this.#inOrder(() => void target.end(direction.onEnd()))));
    source.on('error', () => line.send(0, () => this.#inOrder(() => void target.resetAndDestroy())));
  }

  #deliver(chunk: Buffer): Promise<void> | undefined {
    const bytes = this.#direction.onArrived(chunk);
    if (bytes instanceof Promise) return bytes.then((rewritten) => this.#write(rewritten, chunk.length));
    this.#write(bytes, chunk.length);
    return undefined;
  }

  #write(bytes: Buffer, takenBytes: number): void {
    const onWritten = (): void => {
      this.#heldBytes -= takenBytes;
      if (this.#heldBytes < this.#limitBytes && this.#source.isPaused()) this.#source.resume();
    };
    if (bytes.length > 0) this.#target.write(bytes, onWritten);
    else onWritten();
  }

  /** Runs a step now, or after those that are not done. */
  #inOrder(step: () => Promise<void> | undefined): void {
    const done = this.#last ? this.#last.then(step) : step();
    if (!done) return;
    const last = done.then(() => {
      if (this.#last === last) this.#last = undefined;
    });
    this.#last = last;
  }
}
