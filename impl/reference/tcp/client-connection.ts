import { connect, type Socket } from 'node:net';
import { FramingError, MessageScanner, type FramingLimits } from '../core/wire/framing.ts';
import { encodeMessage, parseMessage } from '../core/wire/messages.ts';
import type { Address, Failure } from '../core/peer/peer-events.ts';

/** An exchange brought no response. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly failure: Exclude<Failure, 'refused'>;

  constructor(failure: ExchangeError['failure'], message: string) {
    super(message);
    this.failure = failure;
  }
}

/** A request that waits for its response. */
export interface Call {
  readonly request: object;
  readonly timeoutMs: number;
  readonly resolve: (response: Buffer) => void;
  readonly reject: (error: ExchangeError) => void;
}

export interface ConnectionOwner {
  /** A response has come. */
  onAnswered(): void;
  /** The connection is over; `unanswered` are in the order of sending. Called once. */
  onClosed(unanswered: Call[], error: ExchangeError): void;
}

/** A response may trickle, but not longer than this many times its time limit. */
const trickleFactor = 10;
const GRANTED = Buffer.from(',"keep_alive":true}');

/** A connection to a server: requests out, responses in the same order. */
export class ClientConnection {
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  readonly #scanner: MessageScanner;
  readonly #name: string;
  #calls: Call[] = [];
  #connected = false;
  #closed = false;
  #keptOpen = false;
  #silence: NodeJS.Timeout | undefined;
  #answerDueMs = Infinity;

  constructor(address: Address, limits: FramingLimits, owner: ConnectionOwner) {
    this.#owner = owner;
    this.#scanner = new MessageScanner(limits);
    this.#name = `${address.host}:${address.port}`;
    this.#socket = connect({ ...address, noDelay: true });
    this.#socket.on('connect', () => (this.#connected = true));
    this.#socket.on('data', (chunk) => this.#onData(chunk));
    this.#socket.on('end', () => this.#fail('wrong', 'closed the connection without an answer'));
    this.#socket.on('error', (error) => {
      if (this.#connected) this.#fail('wrong', `broke the connection (${error.message})`);
      else this.#fail('unreachable', `cannot be connected to (${error.message})`);
    });
  }

  /** Whether the server has granted `keep_alive`. */
  get keptOpen(): boolean {
    return this.#keptOpen;
  }

  /** How many requests have no response yet. */
  get waiting(): number {
    return this.#calls.length;
  }

  send(call: Call): void {
    this.#socket.write(encodeMessage(call.request));
    if (this.#calls.push(call) === 1) this.#expect(call);
  }

  destroy(): void {
    this.#fail('wrong', 'was cut off');
  }

  #onData(chunk: Buffer): void {
    if (this.#closed) return;
    this.#silence?.refresh();
    this.#scanner.receive(chunk);
    try {
      let response = this.#scanner.next();
      while (response !== undefined && this.#calls.length > 0) {
        this.#onResponse(response);
        response = this.#scanner.next();
      }
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
      this.#fail('wrong', `sent something else than a response (${error.message})`);
      return;
    }
    if (performance.now() > this.#answerDueMs) this.#fail('silent', 'took too long to answer');
  }

  #onResponse(response: Buffer): void {
    const call = this.#calls.shift() as Call;
    this.#keptOpen ||= grantsKeepAlive(response);
    const next = this.#calls[0];
    if (next !== undefined) this.#expect(next);
    else this.#expectNothing();
    call.resolve(response);
    this.#owner.onAnswered();
    if (!this.#keptOpen) this.#fail('wrong', 'closes after each response');
  }

  /** The time limit of a call begins when it is the first in the row. */
  #expect({ timeoutMs }: Call): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      if (this.#connected) this.#fail('silent', `did not answer within ${timeoutMs / 1000} s`);
      else this.#fail('unreachable', `did not accept a connection within ${timeoutMs / 1000} s`);
    }, timeoutMs);
    this.#answerDueMs = performance.now() + trickleFactor * timeoutMs;
  }

  #expectNothing(): void {
    clearTimeout(this.#silence);
    this.#answerDueMs = Infinity;
  }

  #fail(failure: ExchangeError['failure'], what: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#expectNothing();
    // An orderly end: the server may still be sending its own.
    if (failure === 'wrong' && this.#connected) this.#socket.end(() => this.#socket.destroy());
    else this.#socket.destroy();
    const calls = this.#calls;
    this.#calls = [];
    this.#owner.onClosed(calls, new ExchangeError(failure, `${this.#name} ${what}`));
  }
}

function grantsKeepAlive(response: Buffer): boolean {
  if (response.subarray(-GRANTED.length).equals(GRANTED)) return true;
  try {
    return parseMessage(response)['keep_alive'] === true;
  } catch {
    return false;
  }
}
