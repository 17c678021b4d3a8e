import { connect, type Socket } from 'node:net';
import { MessageScanner } from './message-scanner.ts';
import type { Transcript } from './transcript.ts';

/** How a connection ended on the other side's part. */
export type Ending = 'closed' | 'reset';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Names of the two ends, for the wire log. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/** For so many times its time limit an answer may go on coming. */
const mostTimeouts = 12;

/** A client connection of the suite: sends any bytes in any pieces, and collects what comes back. */
export class Connection {
  readonly #socket: Socket;
  readonly #transcript: Transcript;
  readonly #ends: Ends;
  readonly #number: number;
  readonly #scanner = new MessageScanner();
  readonly #received: Buffer[] = [];
  readonly #messages: Buffer[] = [];
  #ending: Ending | undefined;

  private constructor(socket: Socket, transcript: Transcript, ends: Ends) {
    this.#socket = socket;
    this.#transcript = transcript;
    this.#ends = ends;
    this.#number = transcript.connection();
    this.#log('open');
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#received.push(chunk);
      this.#messages.push(...this.#scanner.push(chunk));
      this.#transcript.add({ from: ends.to, to: ends.from, connection: this.#number, kind: 'bytes' }, chunk);
    });
    socket.on('end', () => this.#tellCloseFromReset());
    socket.on('error', () => this.#end('reset'));
    socket.on('close', () => this.#end('closed'));
  }

  /** Connects, or rejects with the system's error (`ECONNREFUSED` …) or after `timeoutMs`. */
  static open(
    transcript: Transcript,
    address: Address,
    ends: Ends,
    options: { timeoutMs: number; localAddress?: string },
  ): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const { localAddress } = options;
      const socket = connect({
        ...address,
        allowHalfOpen: true,
        ...(localAddress === undefined ? {} : { localAddress }),
      });
      const timer = setTimeout(() => {
        socket.destroy(new Error(`no connection within ${options.timeoutMs} ms`));
      }, options.timeoutMs);
      socket.once('error', (error) => {
        clearTimeout(timer);
        transcript.add({ ...ends, connection: transcript.connection(), kind: 'refused' }, Buffer.from(error.message));
        reject(error);
      });
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.removeAllListeners('error');
        resolve(new Connection(socket, transcript, ends));
      });
    });
  }

  /** How the other side ended the stream, if it has. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** All bytes received so far. */
  get received(): Buffer {
    return Buffer.concat(this.#received);
  }

  /** What was wrong with the stream as a sequence of JSON objects, if anything. */
  get streamProblem(): string | undefined {
    if (this.#scanner.problem !== undefined) return this.#scanner.problem;
    return this.#ending !== undefined && this.#scanner.pendingBytes > 0
      ? 'the stream ended inside a message'
      : undefined;
  }

  /** Writes and resolves when the bytes are with the kernel, or when the connection is gone. */
  send(data: Buffer | string): Promise<void> {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    this.#log('bytes', bytes);
    if (this.#socket.destroyed || this.#socket.writableEnded) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', resolve);
      this.#socket.write(bytes, () => {
        this.#socket.off('close', resolve);
        resolve();
      });
    });
  }

  /** Ends the sending side only. */
  halfClose(): void {
    this.#log('end');
    this.#socket.end();
  }

  /** Stops taking anything in, so that the other side's sending fills up. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Tears the connection down with a TCP reset. */
  reset(): void {
    this.#log('reset');
    this.#socket.resetAndDestroy();
  }

  close(): void {
    this.#socket.destroy();
  }

  /**
   * The n-th complete message (0 is the first), or undefined if the stream ended before it came, or nothing came for
   * `timeoutMs`: a large answer of a busy server may take longer.
   */
  async message(n: number, timeoutMs: number): Promise<Buffer | undefined> {
    const settled = (): boolean =>
      this.#messages.length > n || this.streamProblem !== undefined || this.#ending !== undefined;
    const endMs = this.#transcript.nowMs() + mostTimeouts * timeoutMs;
    let chunks: number;
    do {
      chunks = this.#received.length;
      await this.#transcript.watch.until(settled, timeoutMs);
    } while (!settled() && this.#received.length > chunks && this.#transcript.nowMs() < endMs);
    return this.#messages[n];
  }

  /** Waits until the other side has ended the stream: how, or undefined after `timeoutMs`. */
  async ended(timeoutMs: number): Promise<Ending | undefined> {
    await this.#transcript.watch.until(() => this.#ending !== undefined, timeoutMs);
    return this.#ending;
  }

  /**
   * A reset that is there before the bytes in front of it were read looks like a close. But then nothing can be sent any
   * more, while whoever closed in peace takes in, or throws away, one more line feed.
   */
  #tellCloseFromReset(): void {
    if (this.#socket.writableEnded) this.#end('closed');
    else this.#socket.write('\n', (error) => this.#end(error ? 'reset' : 'closed'));
  }

  #end(ending: Ending): void {
    if (this.#ending === undefined) {
      this.#ending = ending;
      const { from, to } = this.#ends;
      const kind = ending === 'closed' ? 'end' : 'reset';
      this.#transcript.add({ from: to, to: from, connection: this.#number, kind });
    }
  }

  #log(kind: 'open' | 'bytes' | 'end' | 'reset', bytes?: Buffer): void {
    this.#transcript.add({ ...this.#ends, connection: this.#number, kind }, bytes);
  }
}
