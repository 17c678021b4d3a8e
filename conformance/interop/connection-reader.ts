import type { Tap } from '../../bench/relay/relay-listener.ts';
import { readMessage, type JsonObject } from '../wire/message.ts';
import { MessageScanner } from '../wire/message-scanner.ts';
import type { Edge, Observation, RequestSeen, Unanswered } from './observation.ts';

const shownBytes = 2_000;
/** What is no message is read no further than this. */
const longestMessageBytes = 64 * 1024 * 1024;

/** Reads what passes on one connection: bytes in, observations out. */
export class ConnectionReader implements Tap {
  readonly #edge: Edge;
  readonly #nowMs: () => number;
  readonly #observe: (observation: Observation) => void;
  readonly #requests = new MessageScanner();
  readonly #responses = new MessageScanner();
  readonly #before: JsonObject[] = [];
  readonly #waiting: RequestSeen[] = [];
  #answers = 0;
  #clientClosed = false;
  #over = false;

  constructor(edge: Edge, nowMs: () => number, observe: (observation: Observation) => void) {
    this.#edge = edge;
    this.#nowMs = nowMs;
    this.#observe = observe;
  }

  request(chunk: Buffer): void {
    for (const { reading, text } of read(this.#requests, chunk)) {
      const before = [...this.#before];
      const request = { kind: 'request', edge: this.#edge, atMs: this.#nowMs(), reading, text, before } as const;
      if ('value' in reading) this.#before.push(reading.value);
      this.#waiting.push(request);
      this.#observe(request);
    }
  }

  response(chunk: Buffer): void {
    for (const { reading, text } of read(this.#responses, chunk)) {
      const request = this.#waiting.shift();
      this.#answers += 1;
      this.#observe({ kind: 'response', edge: this.#edge, atMs: this.#nowMs(), reading, text, request });
    }
  }

  clientEnded(how: 'closed' | 'reset'): void {
    if (this.#over) return;
    if (!this.#clientClosed) this.#unanswered('given-up');
    this.#clientClosed = true;
    if (how === 'reset') this.#over = true;
  }

  serverEnded(how: 'closed' | 'reset' | 'refused'): void {
    if (this.#over) return;
    this.#over = true;
    if (how === 'refused') this.#observe({ kind: 'refused', edge: this.#edge, atMs: this.#nowMs() });
    else this.#unanswered(this.#clientClosed ? 'half-closed' : how);
  }

  /** The swarm is over: who has not answered by now was silent. */
  end(): void {
    if (!this.#over && !this.#clientClosed) this.#unanswered('silent');
    this.#over = true;
  }

  /** Whether it is of no interest any more. */
  get isOver(): boolean {
    return this.#over;
  }

  /** After the first answer a server may close, whatever else was asked. */
  #unanswered(how: Unanswered['how']): void {
    const [request] = this.#waiting;
    if (request === undefined || this.#answers > 0) return;
    const unfinished = this.#responses.pendingBytes > 0;
    this.#observe({ kind: 'unanswered', edge: this.#edge, atMs: this.#nowMs(), request, how, unfinished });
  }
}

/** The messages that a chunk completes; where the stream makes no sense any more, one that says so. */
function read(scanner: MessageScanner, chunk: Buffer): Pick<RequestSeen, 'reading' | 'text'>[] {
  if (scanner.problem !== undefined || scanner.pendingBytes > longestMessageBytes) return [];
  const messages = scanner.push(chunk).map((bytes) => ({ reading: readMessage(bytes), text: shown(bytes) }));
  const { problem } = scanner as { problem: string | undefined };
  return problem === undefined ? messages : [...messages, { reading: { problem }, text: shown(chunk) }];
}

function shown(bytes: Buffer): string {
  const text = bytes.subarray(0, shownBytes).toString();
  return bytes.length > shownBytes ? `${text}… (${bytes.length} bytes)` : text;
}
