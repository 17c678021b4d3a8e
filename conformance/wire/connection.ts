import { connect, type Socket } from 'node:net';
import type { Address } from '../../launch/ports/address.ts';
import { usualManner, type Manner } from '../manner/manner.ts';
import { RequestStream } from '../manner/request-stream.ts';
import { readTolerantly, type TolerantReading } from './reading/read-tolerantly.ts';
import { TolerantScanner } from './reading/tolerant-scanner.ts';
import type { Transcript } from './transcript.ts';

/** How the other side ended a connection. */
export type Ending = 'closed' | 'reset';

/** The names of both ends in the wire log. */
export interface EndNames {
  readonly from: string;
  readonly to: string;
}

/** An answer that keeps arriving may take this many times its time limit. */
const maxTimeouts = 12;

/** A client connection of the suite: sends any bytes in any pieces, and collects the bytes received. */
export class Connection {
  readonly #socket: Socket;
  readonly #transcript: Transcript;
  readonly #ends: EndNames;
  readonly #number: number;
  readonly #scanner: TolerantScanner;
  readonly #received: Buffer[] = [];
  readonly #messages: Buffer[] = [];
  readonly #requests: RequestStream;
  #ending: Ending | undefined;

  private constructor(socket: Socket, transcript: Transcript, ends: EndNames, manner: Manner) {
    this.#requests = new RequestStream(manner);
    this.#socket = socket;
    this.#transcript = transcript;
    this.#scanner = new TolerantScanner(transcript);
    this.#ends = ends;
    this.#number = transcript.connection();
    this.#log('open');
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#received.push(chunk);
      this.#messages.push(...this.#scanner.push(chunk));
      this.#transcript.add({ from: ends.to, to: ends.from, connection: this.#number, kind: 'bytes' }, chunk);
    });
    socket.on('end', () => this.#distinguishCloseFromReset());
    socket.on('error', () => this.#end('reset'));
    socket.on('close', () => this.#end('closed'));
  }

  /** Rejects with the system's error (`ECONNREFUSED` …), or after `timeoutMs`. */
  static open(
    transcript: Transcript,
    address: Address,
    ends: EndNames,
    options: { timeoutMs: number; localAddress?: string; manner?: Manner },
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
        resolve(new Connection(socket, transcript, ends, options.manner ?? usualManner));
      });
    });
  }

  /** How the other side ended the stream; undefined while it is open. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** All bytes received so far. */
  get received(): Buffer {
    return Buffer.concat(this.#received);
  }

  /** Why the bytes received so far begin no JSON object, if there are any and they do not. */
  get strayProblem(): string | undefined {
    return this.#scanner.strayProblem;
  }

  /** Why the stream is not a sequence of JSON objects, if it is not. */
  get streamProblem(): string | undefined {
    if (this.#scanner.problem !== undefined) return this.#scanner.problem;
    if (this.#ending !== undefined && this.strayProblem !== undefined) return this.strayProblem;
    return this.#ending !== undefined && this.#scanner.pendingBytes > 0
      ? 'the stream ended inside a message'
      : undefined;
  }

  /** Resolves when the kernel has the bytes, or when the connection is gone. */
  async send(data: Buffer | string): Promise<void> {
    const { bytes, ends } = this.#requests.push(typeof data === 'string' ? Buffer.from(data) : data);
    if (bytes.length > 0) await this.#write(bytes);
    if (ends) this.halfClose();
  }

  #write(bytes: Buffer): Promise<void> {
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

  /** Closes the sending side only. */
  halfClose(): void {
    if (this.#socket.writableEnded) return;
    this.#log('end');
    this.#socket.end();
  }

  /** Stops reading, so that the other side's send buffer fills up. */
  stopReading(): void {
    this.#socket.pause();
  }

  goOnReading(): void {
    this.#socket.resume();
  }

  /** Ends the connection with a TCP reset. */
  reset(): void {
    this.#log('reset');
    this.#socket.resetAndDestroy();
  }

  close(): void {
    this.#socket.destroy();
  }

  /**
   * The n-th complete message (0 is the first); undefined if the stream ends before it, or if no bytes arrive for
   * `timeoutMs`. A large answer of a busy server may take longer.
   */
  async message(n: number, timeoutMs: number): Promise<Buffer | undefined> {
    const settled = (): boolean =>
      this.#messages.length > n || this.streamProblem !== undefined || this.#ending !== undefined;
    const endMs = this.#transcript.nowMs() + maxTimeouts * timeoutMs;
    let chunks: number;
    do {
      chunks = this.#received.length;
      await this.#transcript.watch.until(settled, timeoutMs);
    } while (!settled() && this.#received.length > chunks && this.#transcript.nowMs() < endMs);
    return this.#messages[n];
  }

  /** Reads a message of the connection, a response, as it was meant. */
  read(message: Buffer): TolerantReading {
    const reading = readTolerantly(message, this.#transcript);
    if ('value' in reading && Object.hasOwn(reading.value, 'action'))
      this.#transcript.readPast('response-action', JSON.stringify({ action: reading.value['action'] }).slice(0, 100));
    return reading;
  }

  /** Waits until the other side ends the stream. @returns how, or undefined after `timeoutMs` */
  async ended(timeoutMs: number): Promise<Ending | undefined> {
    await this.#transcript.watch.until(() => this.#ending !== undefined, timeoutMs);
    return this.#ending;
  }

  /**
   * A reset that arrives before the bytes in front of it are read looks like a close. A line feed tells them apart: writing
   * it fails after a reset, and succeeds after a close.
   */
  #distinguishCloseFromReset(): void {
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
