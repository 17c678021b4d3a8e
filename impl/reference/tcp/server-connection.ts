import type { Socket } from 'node:net';
import { FramingError, MessageFramer, requestLimits } from '../core/wire/message-framer.ts';
import { encodeMessage, MessageError, parseMessage, type JsonObject } from '../core/wire/messages.ts';
import { asksKeepAlive } from '../core/wire/requests.ts';

/** What the response depends on besides the request. */
export interface Client {
  readonly ip: string;
  /** Whether the response must grant `keep_alive`. */
  readonly keepAlive: boolean;
}

/** Returns the encoded response. A {@link MessageError} becomes an error response. */
export type Serve = (message: JsonObject, client: Client) => Buffer | Promise<Buffer>;

/** A request must arrive completely within this time after its first byte. */
const requestDeadlineMs = 10_000;
const idleMs = 60_000;
/** A response must be taken by the client within this time. */
const sendDeadlineMs = 120_000;
/**
 * The client has this long to close after the last response. Until then its bytes are read, so that no TCP reset destroys the
 * response (wire.exchange.drains-before-close).
 */
const drainMs = 2_000;
/** No further request is read while more than this is unsent. */
const maxUnsentBytes = 1024 * 1024;

/** Serves the requests on one connection, one after the other (`wire.exchange.*`, `wire.idle.*`, `wire.keep-alive.*`). */
export class ServerConnection {
  readonly #socket: Socket;
  readonly #serve: Serve;
  readonly #ip: string;
  readonly #framer = new MessageFramer(requestLimits);
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
    this.#setDeadline(idleMs);
  }

  /** Closes the connection after the current response. */
  close(): void {
    if (this.#busy) this.#closing = true;
    else this.#finish();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    if (this.#closing) return;
    this.#framer.receive(chunk);
    if (!this.#busy) this.#serveNext();
  }

  #onEnd(): void {
    this.#ended = true;
    if (!this.#busy) this.#finish();
  }

  /** Serves the complete requests that have arrived, until a response takes time. */
  #serveNext(): void {
    try {
      for (;;) {
        const bytes = this.#framer.next();
        if (bytes === undefined) break;
        this.#inRequest = false;
        const message = parseMessage(bytes);
        const keepAlive = asksKeepAlive(message);
        const response = this.#respond(message, keepAlive);
        if (response instanceof Promise) {
          this.#wait();
          void response.then((ready) => this.#send(ready, keepAlive) && this.#resume());
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
    else if (!this.#framer.started) this.#setDeadline(idleMs);
    else if (!this.#inRequest) {
      this.#inRequest = true;
      this.#setDeadline(requestDeadlineMs);
    }
  }

  #respond(message: JsonObject, keepAlive: boolean): Buffer | Promise<Buffer> {
    const refuse = (error: unknown): Buffer => {
      const reason = error instanceof MessageError ? error.message : 'the server failed';
      return encodeMessage({ status: 'error', reason, ...(keepAlive && { keep_alive: true }) });
    };
    try {
      const response = this.#serve(message, { ip: this.#ip, keepAlive });
      return response instanceof Promise ? response.catch(refuse) : response;
    } catch (error) {
      return refuse(error);
    }
  }

  /** Sends a response. True if the next request may be served at once. */
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

  /** Reads nothing while a response is prepared or sent. */
  #wait(): void {
    this.#busy = true;
    this.#socket.pause();
    this.#setDeadline(sendDeadlineMs);
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
    if (this.#socket.writableFinished) this.#setDeadline(drainMs);
    else {
      this.#setDeadline(sendDeadlineMs);
      this.#socket.once('finish', () => this.#setDeadline(drainMs));
    }
    if (lastResponse === undefined) this.#socket.end();
    else this.#socket.end(lastResponse);
    this.#socket.resume();
  }

  /** Sets the deadline after which the connection is destroyed, instead of the one before. */
  #setDeadline(deadlineMs: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#socket.destroy(), deadlineMs);
  }
}
