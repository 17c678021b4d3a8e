import type { Socket } from 'node:net';
import { FramingError, MessageScanner, requestLimits } from '../core/wire/framing.ts';
import { encodeMessage, MessageError, parseMessage, type JsonObject } from '../core/wire/messages.ts';
import { asksKeepAlive } from '../core/wire/requests.ts';

/** A client of this server, as far as an answer depends on it. */
export interface Client {
  readonly ip: string;
  /** Whether the answer must grant `keep_alive`. */
  readonly keepAlive: boolean;
}

/** Gives the response, encoded. A {@link MessageError} is answered as an error. */
export type Serve = (message: JsonObject, client: Client) => Buffer | Promise<Buffer>;

/** A request that has begun must be whole within this time, however its bytes trickle. */
const requestDeadlineMs = 10_000;
const idleMs = 60_000;
/** A response must be taken by the client within this time. */
const sendDeadlineMs = 120_000;
/** Once the last response is sent the client has this long to close; until then its bytes are taken in, so that no reset hits the response. */
const drainMs = 2_000;
/** With more than this unsent no further request is read. */
const maxUnsentBytes = 1024 * 1024;

/** Serves the requests on one connection, one after the other (decisions 1.3, 1.9, 1.10). */
export class ServerConnection {
  readonly #socket: Socket;
  readonly #serve: Serve;
  readonly #ip: string;
  readonly #scanner = new MessageScanner(requestLimits);
  #deadline: NodeJS.Timeout | undefined;
  #inRequest = false;
  #busy = false;
  #ended = false;
  #closing = false;

  constructor(socket: Socket, serve: Serve) {
    this.#socket = socket;
    this.#serve = serve;
    this.#ip = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
    socket.on('data', (chunk) => this.#onData(chunk));
    socket.on('end', () => this.#onEnd());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => clearTimeout(this.#deadline));
    this.#within(idleMs);
  }

  /** Ends the connection, after the response that is being given. */
  close(): void {
    if (this.#busy) this.#closing = true;
    else this.#finish();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    if (this.#closing) return;
    this.#scanner.receive(chunk);
    if (!this.#busy) this.#serveNext();
  }

  #onEnd(): void {
    this.#ended = true;
    if (!this.#busy) this.#finish();
  }

  /** Serves what has arrived, until nothing whole is left or a response takes time. */
  #serveNext(): void {
    try {
      for (;;) {
        const bytes = this.#scanner.next();
        if (bytes === undefined) break;
        this.#inRequest = false;
        const message = parseMessage(bytes);
        const keepAlive = asksKeepAlive(message);
        const response = this.#respond(message, keepAlive);
        if (response instanceof Promise) {
          this.#wait();
          void response.then((made) => this.#send(made, keepAlive) && this.#resume());
          return;
        }
        if (!this.#send(response, keepAlive)) return;
      }
    } catch (error) {
      if (!(error instanceof FramingError || error instanceof MessageError)) throw error;
      this.#finish(encodeMessage({ status: 'error', reason: error.message }));
      return;
    }
    if (this.#ended) this.#finish();
    else if (!this.#scanner.started) this.#within(idleMs);
    else if (!this.#inRequest) {
      this.#inRequest = true;
      this.#within(requestDeadlineMs);
    }
  }

  #respond(message: JsonObject, keepAlive: boolean): Buffer | Promise<Buffer> {
    const refuse = (error: unknown): Buffer => {
      const reason = error instanceof MessageError ? error.message : 'the server could not do it';
      return encodeMessage({ status: 'error', reason, ...(keepAlive && { keep_alive: true }) });
    };
    try {
      const response = this.#serve(message, { ip: this.#ip, keepAlive });
      return response instanceof Promise ? response.catch(refuse) : response;
    } catch (error) {
      return refuse(error);
    }
  }

  /** True when the next request may be served at once. */
  #send(response: Buffer, keepAlive: boolean): boolean {
    if (!keepAlive || this.#closing || this.#socket.destroyed) {
      this.#finish(response);
      return false;
    }
    this.#socket.write(response);
    if (this.#socket.writableLength <= maxUnsentBytes) return true;
    this.#wait();
    this.#socket.once('drain', () => this.#resume());
    return false;
  }

  /** Reads nothing while a response is on its way. */
  #wait(): void {
    this.#busy = true;
    this.#socket.pause();
    this.#within(sendDeadlineMs);
  }

  #resume(): void {
    this.#busy = false;
    this.#socket.resume();
    if (this.#closing) this.#finish();
    else this.#serveNext();
  }

  #finish(lastResponse?: Buffer): void {
    this.#closing = true;
    this.#busy = false;
    if (this.#socket.writableFinished) this.#within(drainMs);
    else {
      this.#within(sendDeadlineMs);
      this.#socket.once('finish', () => this.#within(drainMs));
    }
    if (lastResponse === undefined) this.#socket.end();
    else this.#socket.end(lastResponse);
    this.#socket.resume();
  }

  /** The client is cut off unless something else is awaited by then. */
  #within(deadlineMs: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#socket.destroy(), deadlineMs);
  }
}
