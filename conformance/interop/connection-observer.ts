import type { Tap } from '../../bench/relay/relay-listener.ts';
import { readMessage, type JsonObject } from '../wire/message.ts';
import { MessageScanner } from '../wire/message-scanner.ts';
import type { ObservedConnection, Observation, ObservedRequest, UnansweredRequest } from './observation.ts';

const shownBytes = 2_000;
/** The rest of a longer message is ignored. */
const longestMessageBytes = 64 * 1024 * 1024;

/** Turns the bytes of one connection into observations. */
export class ConnectionObserver implements Tap {
  readonly #connection: ObservedConnection;
  readonly #nowMs: () => number;
  readonly #observe: (observation: Observation) => void;
  readonly #requests = new MessageScanner();
  readonly #responses = new MessageScanner();
  readonly #before: JsonObject[] = [];
  readonly #waiting: ObservedRequest[] = [];
  #answers = 0;
  #clientClosedAtMs: number | undefined;
  #over = false;

  constructor(connection: ObservedConnection, nowMs: () => number, observe: (observation: Observation) => void) {
    this.#connection = connection;
    this.#nowMs = nowMs;
    this.#observe = observe;
  }

  request(chunk: Buffer): void {
    for (const { reading, text } of read(this.#requests, chunk)) {
      const before = [...this.#before];
      const request = {
        kind: 'request',
        connection: this.#connection,
        atMs: this.#nowMs(),
        reading,
        text,
        before,
      } as const;
      if ('value' in reading) this.#before.push(reading.value);
      this.#waiting.push(request);
      this.#observe(request);
    }
  }

  response(chunk: Buffer): void {
    for (const { reading, text } of read(this.#responses, chunk)) {
      const request = this.#waiting.shift();
      this.#answers += 1;
      this.#observe({
        kind: 'response',
        connection: this.#connection,
        atMs: this.#nowMs(),
        reading,
        text,
        request,
        isAfterHalfClose: this.#clientClosedAtMs !== undefined,
      });
    }
  }

  clientEnded(how: 'closed' | 'reset'): void {
    if (this.#over) return;
    if (this.#clientClosedAtMs === undefined) this.#unanswered('given-up');
    this.#clientClosedAtMs ??= this.#nowMs();
    if (how === 'reset') this.#over = true;
  }

  serverEnded(how: 'closed' | 'reset' | 'refused'): void {
    if (this.#over) return;
    this.#over = true;
    if (how === 'refused') this.#observe({ kind: 'refused', connection: this.#connection, atMs: this.#nowMs() });
    else this.#unanswered(this.#clientClosedAtMs === undefined ? how : 'half-closed');
  }

  /** The swarm has ended: a server that has not answered yet was silent. */
  end(): void {
    if (!this.#over && this.#clientClosedAtMs === undefined) this.#unanswered('silent');
    this.#over = true;
  }

  /** The request that the client still waits with; undefined once it closed, or once anything was answered. */
  get openRequest(): ObservedRequest | undefined {
    return this.#over || this.#clientClosedAtMs !== undefined || this.#answers > 0 ? undefined : this.#waiting[0];
  }

  /** Whether nothing more can be observed. */
  get isOver(): boolean {
    return this.#over;
  }

  /** A server may close after its first answer, even if other requests are pending. */
  #unanswered(how: UnansweredRequest['how']): void {
    const [request] = this.#waiting;
    if (request === undefined || this.#answers > 0) return;
    const unfinished = this.#responses.pendingBytes > 0;
    const atMs = this.#nowMs();
    const waitedMs = (this.#clientClosedAtMs ?? atMs) - request.atMs;
    this.#observe({ kind: 'unanswered', connection: this.#connection, atMs, request, how, waitedMs, unfinished });
  }
}

/** The messages that a chunk completes; one with a problem where the stream stops being readable. */
function read(scanner: MessageScanner, chunk: Buffer): Pick<ObservedRequest, 'reading' | 'text'>[] {
  if (scanner.problem !== undefined || scanner.pendingBytes > longestMessageBytes) return [];
  const messages = scanner.push(chunk).map((bytes) => ({ reading: readMessage(bytes), text: shown(bytes) }));
  const { problem } = scanner as { problem: string | undefined };
  return problem === undefined ? messages : [...messages, { reading: { problem }, text: shown(chunk) }];
}

function shown(bytes: Buffer): string {
  const text = bytes.subarray(0, shownBytes).toString();
  return bytes.length > shownBytes ? `${text}… (${bytes.length} bytes)` : text;
}
