import { errorMessage } from '../../launch/error-message.ts';
import { TimedViolation } from '../violation.ts';
import type { Address } from '../../launch/ports/address.ts';
import { Connection, type Ending } from './connection.ts';
import { usualManner, type Manner } from '../manner/manner.ts';
import { unanswered } from '../manner/unanswered.ts';
import type { JsonObject } from './message.ts';
import type { Transcript } from './transcript.ts';
import { answersWithinMs, endsEarlyWithinMs } from '../time-limits.ts';

/** The answer to a request, as it was meant (see `readTolerantly`). Without `value`, `problem` describes what came instead. */
export interface Answer {
  readonly value: JsonObject | undefined;
  readonly problem: string | undefined;
  /** True if the bytes received are not a message; false if none were received. */
  readonly malformed: boolean;
  /** Nothing was received, and the server ended the connection so early that it was not for lack of time. */
  readonly endedEarly?: boolean;
}

export interface AskOptions {
  readonly localAddress?: string;
  readonly timeoutMs?: number;
}

/** A client of the suite, called `name` in the wire log, that sends requests to one server under test. */
export class Client {
  readonly #transcript: Transcript;
  readonly #name: string;
  readonly #server: () => Address;
  readonly #manner: Manner;
  readonly #connections = new Set<Connection>();

  constructor(transcript: Transcript, name: string, server: () => Address, manner: Manner = usualManner) {
    this.#transcript = transcript;
    this.#name = name;
    this.#server = server;
    this.#manner = manner;
  }

  /** Opens a connection; throws a violation if the server does not accept it. */
  async open(options: AskOptions = {}): Promise<Connection> {
    try {
      return await this.#connect(options);
    } catch (error) {
      throw new TimedViolation('an accepted connection', errorMessage(error));
    }
  }

  /** The base exchange: connects, sends one request (an object, or raw bytes), reads one response. Never rejects. */
  async ask(request: object | Buffer, options: AskOptions = {}): Promise<Answer> {
    let connection: Connection;
    try {
      connection = await this.#connect(options);
    } catch (error) {
      return nothing(`no connection (${errorMessage(error)})`);
    }
    await connection.send(Buffer.isBuffer(request) ? request : Buffer.from(JSON.stringify(request)));
    const needless = unanswered(request, this.#manner);
    const answer = await readAnswer(connection, 0, needless?.timeoutMs ?? options.timeoutMs);
    connection.close();
    this.#connections.delete(connection);
    const isNone = answer.value === undefined && !answer.malformed;
    return needless !== undefined && isNone ? { ...answer, value: needless.answer, problem: undefined } : answer;
  }

  async #connect(options: AskOptions): Promise<Connection> {
    const connection = await Connection.open(
      this.#transcript,
      this.#server(),
      { from: this.#name, to: 'subject' },
      { timeoutMs: answersWithinMs, manner: this.#manner, ...options },
    );
    this.#connections.add(connection);
    return connection;
  }

  /** Drops all open connections. */
  close(): void {
    for (const connection of this.#connections) connection.close();
  }
}

/** Reads the n-th message of a connection (0 is the first) as an answer. */
export async function readAnswer(connection: Connection, n = 0, timeoutMs = answersWithinMs): Promise<Answer> {
  const startMs = performance.now();
  const bytes = await connection.message(n, timeoutMs);
  if (bytes !== undefined) {
    const reading = connection.read(bytes);
    if ('value' in reading) return { value: reading.value, problem: undefined, malformed: false };
    return { value: undefined, problem: `an invalid message: ${reading.problem}`, malformed: true };
  }
  const { streamProblem, strayProblem, received, ending } = connection;
  const problem = streamProblem ?? strayProblem;
  if (problem !== undefined) {
    return { value: undefined, problem: `bytes that are not a message (${problem})`, malformed: true };
  }
  if (n === 0 && received.length > 0) {
    return { value: undefined, problem: `an unfinished message (${endingText(ending, timeoutMs)})`, malformed: true };
  }
  const endedEarly = ending !== undefined && performance.now() - startMs < endsEarlyWithinMs;
  return { ...nothing(`no answer (${endingText(ending, timeoutMs)})`), endedEarly };
}

function endingText(ending: Ending | undefined, timeoutMs: number): string {
  if (ending === undefined) return `the connection stayed open for ${timeoutMs} ms`;
  return ending === 'reset' ? 'the connection was reset' : 'the connection was closed';
}

function nothing(problem: string): Answer {
  return { value: undefined, problem, malformed: false };
}
