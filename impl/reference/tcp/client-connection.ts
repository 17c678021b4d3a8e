import { connect, type Socket } from 'node:net';
import { FramingError, MessageFramer, type FramingLimits } from '../core/wire/message-framer.ts';
import { encodeMessage, parseMessage } from '../core/wire/messages.ts';
import type { Endpoint, Failure } from '../core/peer/peer-events.ts';

/** A request got no response. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly failure: Exclude<Failure, 'refused'>;

  constructor(failure: ExchangeError['failure'], message: string) {
    super(message);
    this.failure = failure;
  }
}

/** A request without a response yet. */
export interface PendingRequest {
  readonly message: object;
  readonly timeoutMs: number;
  readonly resolve: (response: Buffer) => void;
  readonly reject: (error: ExchangeError) => void;
}

export interface ConnectionOwner {
  /** A response has arrived. */
  onAnswered(): void;
  /** The connection has ended; `unanswered` is in the order of sending. Called once. */
  onClosed(unanswered: PendingRequest[], error: ExchangeError): void;
}

/** A response that keeps arriving may take this many times its time limit. */
const trickleFactor = 10;
const keepAliveEnd = Buffer.from(',"keep_alive":true}');

/** A connection to a server, which answers requests in the order of sending. */
export class ClientConnection {
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  readonly #framer: MessageFramer;
  readonly #name: string;
  #pending: PendingRequest[] = [];
  #connected = false;
  #closed = false;
  #keptOpen = false;
  #silenceTimer: NodeJS.Timeout | undefined;
  #answerDueMs = Infinity;

  constructor(endpoint: Endpoint, limits: FramingLimits, owner: ConnectionOwner) {
    this.#owner = owner;
    this.#framer = new MessageFramer(limits);
    this.#name = `${endpoint.host}:${endpoint.port}`;
    this.#socket = connect({ ...endpoint, noDelay: true });
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

  get pendingCount(): number {
    return this.#pending.length;
  }

  send(request: PendingRequest): void {
    this.#socket.write(encodeMessage(request.message));
    if (this.#pending.push(request) === 1) this.#expect(request);
  }

  destroy(): void {
    this.#fail('wrong', 'was closed by this peer');
  }

  #onData(chunk: Buffer): void {
    if (this.#closed) return;
    this.#silenceTimer?.refresh();
    this.#framer.receive(chunk);
    try {
      let response = this.#framer.next();
      while (response !== undefined && this.#pending.length > 0) {
        this.#onResponse(response);
        response = this.#framer.next();
      }
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
      this.#fail('wrong', `sent something other than a response (${error.message})`);
      return;
    }
    if (performance.now() > this.#answerDueMs) this.#fail('silent', 'took too long to answer');
  }

  #onResponse(response: Buffer): void {
    const request = this.#pending.shift() as PendingRequest;
    this.#keptOpen ||= grantsKeepAlive(response);
    const next = this.#pending[0];
    if (next !== undefined) this.#expect(next);
    else this.#expectNothing();
    request.resolve(response);
    this.#owner.onAnswered();
    if (!this.#keptOpen) this.#fail('wrong', 'closes after each response');
  }

  /** Starts the time limit of the first pending request. */
  #expect({ timeoutMs }: PendingRequest): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => {
      if (this.#connected) this.#fail('silent', `did not answer within ${timeoutMs / 1000} s`);
      else this.#fail('unreachable', `did not accept a connection within ${timeoutMs / 1000} s`);
    }, timeoutMs);
    this.#answerDueMs = performance.now() + trickleFactor * timeoutMs;
  }

  #expectNothing(): void {
    clearTimeout(this.#silenceTimer);
    this.#answerDueMs = Infinity;
  }

  #fail(failure: ExchangeError['failure'], what: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#expectNothing();
    // Close in an orderly way: the server may still be sending.
    if (failure === 'wrong' && this.#connected) this.#socket.end(() => this.#socket.destroy());
    else this.#socket.destroy();
    const unanswered = this.#pending;
    this.#pending = [];
    this.#owner.onClosed(unanswered, new ExchangeError(failure, `${this.#name} ${what}`));
  }
}

function grantsKeepAlive(response: Buffer): boolean {
  if (response.subarray(-keepAliveEnd.length).equals(keepAliveEnd)) return true;
  try {
    return parseMessage(response)['keep_alive'] === true;
  } catch {
    return false;
  }
}
