import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { answerReadAtMs, markAnswersRead, type AnswerTimes } from './answer-read.ts';
import { Backlog } from './backlog.ts';
import { cutAt } from './cuts.ts';
import { usualManner, type Manner } from '../manner/manner.ts';
import { offered } from '../manner/offered-reply.ts';
import { respell } from '../manner/respell.ts';
import { field, type JsonObject } from './message.ts';
import { readTolerantly } from './reading/read-tolerantly.ts';
import { TolerantScanner } from './reading/tolerant-scanner.ts';
import type { Transcript } from './transcript.ts';

/** Between two segments of a reply, so that each is read separately. */
const betweenSegmentsMs = 40;

/** How a scripted server responds to a request. */
export type Reply =
  MessageReply | RawReply | { readonly kind: 'close' } | { readonly kind: 'reset' } | { readonly kind: 'silence' };

interface MessageReply extends Delivery {
  readonly kind: 'message';
  readonly message: object;
}

interface RawReply extends Delivery {
  readonly kind: 'raw';
  readonly bytes: Buffer;
}

/** How the bytes of a reply are sent. */
interface Delivery {
  readonly afterMs?: number;
  /** Ascending offsets that cut the bytes into segments, sent one after the other with a pause. */
  readonly cutAt?: readonly number[];
  /** The server keeps the connection open. */
  readonly staysOpen?: boolean;
  /** How many requests of a connection are answered before the server closes it; default 1. */
  readonly closesAfter?: number;
}

/** A request of the subject, or bytes that are not one (`problem`). */
export interface SeenRequest extends AnswerTimes {
  /** When it was read, in milliseconds since the case began. */
  readonly atMs: number;
  /** The earliest time at which it may have been sent: the suite may have read it late. */
  readonly sinceMs: number;
  readonly action: string;
  readonly body: JsonObject;
  readonly problem: string | undefined;
  readonly connection: number;
  /** How many requests came before it on the same connection. */
  readonly before: number;
  /** That message; undefined for raw bytes. */
  answer?: JsonObject;
}

/**
 * A server of the suite. By default it does the base exchange: it answers one request by its script, then closes. A script
 * may make it answer more requests of a connection, in order.
 */
export class ScriptedServer {
  readonly name: string;
  readonly requests: SeenRequest[] = [];
  /** Why bytes received are not messages, however read, if any are not. */
  streamProblem: string | undefined;
  /** Why the bytes that the last connection received begin no message yet, if there are any and they do not. */
  strayProblem: string | undefined;
  readonly #transcript: Transcript;
  readonly #script: (request: SeenRequest) => Reply | Promise<Reply>;
  readonly #manner: Manner;
  readonly #server: Server;
  readonly #backlog: Backlog;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  constructor(
    transcript: Transcript,
    name: string,
    script: (request: SeenRequest) => Reply | Promise<Reply>,
    manner: Manner = usualManner,
  ) {
    this.#transcript = transcript;
    this.name = name;
    this.#script = script;
    this.#manner = manner;
    this.#backlog = new Backlog(() => transcript.nowMs());
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#serve(socket));
  }

  /** Listens on a free port. */
  listen(host = '127.0.0.1'): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port: 0, backlog: 1024 }, () => {
        this.#port = (this.#server.address() as AddressInfo).port;
        this.#backlog.start();
        resolve();
      });
    });
  }

  /** The port that it listens on, or listened on before it was closed. */
  get port(): number {
    return this.#port;
  }

  /** The requests with this action so far. */
  seen(action: string): SeenRequest[] {
    return this.requests.filter((request) => request.action === action);
  }

  /** Those of them whose answer the subject has read. */
  read(action: string): SeenRequest[] {
    return this.seen(action).filter((request) => answerReadAtMs(request) <= this.#transcript.nowMs());
  }

  get isListening(): boolean {
    return this.#server.listening;
  }

  /** Stops listening: later connections are refused, open ones are served to their end. */
  leave(): void {
    this.#backlog.stop();
    this.#server.close();
  }

  /** Stops listening and drops all connections. */
  close(): void {
    this.leave();
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(socket: Socket): void {
    const connection = this.#transcript.connection();
    const sinceMs = this.#backlog.accepted();
    const scanner = new TolerantScanner(this.#transcript);
    const requests: SeenRequest[] = [];
    // The end of the stream, or a further request, tells that the answers so far were read.
    const answersRead = (): void => {
      markAnswersRead(requests, this.#transcript.nowMs());
      this.#transcript.watch.notify();
    };
    let goesOn = Promise.resolve(true);
    this.#sockets.add(socket);
    socket.on('error', answersRead);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('end', () => {
      this.streamProblem ??= scanner.strayProblem;
      answersRead();
      if (requests.length === 0) socket.end();
      else void goesOn.then((open) => open && socket.end());
    });
    socket.on('data', (chunk: Buffer) => {
      for (const bytes of scanner.push(chunk)) {
        const request = this.#record(bytes, { connection, sinceMs, before: requests.length });
        answersRead();
        requests.push(request);
        goesOn = goesOn
          .then((open) => open && this.#reply(socket, connection, request))
          .catch((error: unknown) => {
            this.#transcript.recordHarnessError(error);
            return false;
          });
      }
      if (scanner.problem !== undefined) {
        this.streamProblem ??= scanner.problem;
        socket.end();
      }
      this.strayProblem = scanner.strayProblem;
      this.#transcript.add({ from: 'subject', to: this.name, connection, kind: 'bytes' }, chunk);
    });
  }

  #record(bytes: Buffer, origin: Pick<SeenRequest, 'connection' | 'sinceMs' | 'before'>): SeenRequest {
    const reading = readTolerantly(bytes, this.#transcript);
    const body = 'value' in reading ? reading.value : {};
    const action = field(body, 'action');
    const request: SeenRequest = {
      ...origin,
      atMs: this.#transcript.nowMs(),
      action: typeof action === 'string' ? action : '',
      body,
      problem: 'problem' in reading ? reading.problem : undefined,
    };
    this.requests.push(request);
    this.streamProblem ??= request.problem;
    return request;
  }

  /** @returns whether the server answers a further request of the connection */
  async #reply(socket: Socket, connection: number, request: SeenRequest): Promise<boolean> {
    const scripted = await this.#script(request);
    const reply = scripted.kind === 'message' ? offered(scripted, request.body, this.#manner) : scripted;
    if (reply.kind === 'reset') socket.resetAndDestroy();
    if (reply.kind === 'close') socket.end();
    if (reply.kind !== 'message' && reply.kind !== 'raw') return false;
    if (reply.afterMs !== undefined) await wait(reply.afterMs);
    if (socket.destroyed) return false;
    const bytes =
      reply.kind === 'raw'
        ? reply.bytes
        : respell(Buffer.from(JSON.stringify(reply.message)), this.#manner, 'response');
    this.#transcript.add({ from: this.name, to: 'subject', connection, kind: 'bytes' }, bytes);
    request.answeredAtMs = this.#transcript.nowMs();
    if (reply.kind === 'message') request.answer = reply.message as JsonObject;
    await writeSegments(socket, cutAt(bytes, reply.cutAt ?? []));
    if (reply.staysOpen === true) return false;
    const goesOn = request.before + 1 < (reply.closesAfter ?? 1);
    if (!goesOn) socket.end();
    return goesOn;
  }
}

async function writeSegments(socket: Socket, segments: readonly Buffer[]): Promise<void> {
  for (const [n, segment] of segments.entries()) {
    if (n > 0) await wait(betweenSegmentsMs);
    if (socket.destroyed) return;
    socket.write(segment);
  }
}
