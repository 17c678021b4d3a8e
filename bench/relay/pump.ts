import type { Socket } from 'node:net';
import type { Line } from './line.ts';

/** What is done with the bytes of one direction of a connection on their way. */
export interface Way {
  /** They have been sent. */
  onSent?(chunk: Buffer): void;
  /** They have come to the other end: gives what is handed over there. */
  onArrived(chunk: Buffer): Buffer | Promise<Buffer>;
  /** Nothing more comes: gives what is handed over last. */
  onEnd(): Buffer;
}

/** Hands what one socket says on to the other over a line; its end and its reset come behind its bytes. */
export class Pump {
  readonly #source: Socket;
  readonly #target: Socket;
  readonly #way: Way;
  readonly #limitBytes: number;
  /** Taken, and not yet with the kernel. */
  #heldBytes = 0;
  /** The step that the others wait for. */
  #last: Promise<void> | undefined;

  /** @param limitBytes no more is taken from the source while so much is under way */
  constructor(source: Socket, target: Socket, line: Line, limitBytes: number, way: Way) {
    this.#source = source;
    this.#target = target;
    this.#way = way;
    this.#limitBytes = limitBytes;
    source.on('data', (chunk) => {
      this.#heldBytes += chunk.length;
      if (this.#heldBytes >= limitBytes) source.pause();
      way.onSent?.(chunk);
      line.send(chunk.length, () => this.#inOrder(() => this.#handOver(chunk)));
    });
    source.on('end', () => line.send(0, () => this.#inOrder(() => void target.end(way.onEnd()))));
    source.on('error', () => line.send(0, () => this.#inOrder(() => void target.resetAndDestroy())));
  }

  #handOver(chunk: Buffer): Promise<void> | undefined {
    const bytes = this.#way.onArrived(chunk);
    if (bytes instanceof Promise) return bytes.then((made) => this.#write(made, chunk.length));
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

  /** Now, or behind what still takes time. */
  #inOrder(step: () => Promise<void> | undefined): void {
    const done = this.#last ? this.#last.then(step) : step();
    if (!done) return;
    const last = done.then(() => {
      if (this.#last === last) this.#last = undefined;
    });
    this.#last = last;
  }
}
