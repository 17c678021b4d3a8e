import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Backlog } from './backlog.ts';
import { cutAt } from './cuts.ts';
import { MessageScanner } from './message-scanner.ts';
import { field, readMessage, type JsonObject } from './message.ts';
import type { Transcript } from './transcript.ts';

/** Between two segments of a reply, so that each comes in a read of its own. */
const betweenSegmentsMs = 40;

/** What a scripted server does with a request. */
export type Reply =
  MessageReply | RawReply | { readonly kind: 'close' } | { readonly kind: 'reset' } | { readonly kind: 'silence' };

interface MessageReply extends Manner {
  readonly kind: 'message';
  readonly message: object;
}

interface RawReply extends Manner {
  readonly kind: 'raw';
  readonly bytes: Buffer;
}

interface Manner {
  readonly afterMs?: number;
  /** Where its bytes are cut into segments, as offsets in order: each is sent a while after the one before. */
  readonly cutAt?: readonly number[];
  /** The server does not close. */
  readonly staysOpen?: boolean;
  /** How many requests of a connection are answered before the server closes; one if left out. */
  readonly closesAfter?: number;
}

/** A request that the subject sent, or bytes of its that are none (`problem`). */
export interface SeenRequest {
  /** When it was read, in milliseconds since the case began. */
  readonly atMs: number;
  /** It was certainly not sent before; the suite may have been slow to read it. */
  readonly sinceMs: number;
  readonly action: string;
  readonly body: JsonObject;
  readonly problem: string | undefined;
  readonly connection: number;
  /** How many requests came before it on the same connection. */
  readonly before: number;
  /** When it was answered with a message, once it was. */
  answeredAtMs?: number;
  /** That message, unless it was not to be one of the protocol's. */
  answer?: JsonObject;
}

/**
 * A server of the suite that does the base exchange: one request, one reply as the script says, then it closes. A script may
 * have it answer more requests of a connection, in their order.
 */
export class ScriptedServer {
  readonly name: string;
  readonly requests: SeenRequest[] = [];
  /** What was wrong with the bytes that came, if they were no messages. */
  streamProblem: string | undefined;
  readonly #transcript: Transcript;
  readonly #script: (request: SeenRequest) => Reply | Promise<Reply>;
  readonly #server: Server;
  readonly #backlog: Backlog;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  constructor(transcript: Transcript, name: string, script: (request: SeenRequest) => Reply | Promise<Reply>) {
    this.#transcript = transcript;
    this.name = name;
    this.#script = script;
    this.#backlog = new Backlog(() => transcript.nowMs());
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#serve(socket));
  }

  /** Listens on a free port, of the loopback interface if no other address is given. */
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

  /** Where it listens, or listened before it was closed. */
  get port(): number {
    return this.#port;
  }

  get isListening(): boolean {
    return this.#server.listening;
  }

  /** Stops listening: what is under way comes to its end, a later connection is refused. */
  leave(): void {
    this.#backlog.stop();
    this.#server.close();
  }

  /** Stops listening and drops every connection; a later connection is refused. */
  close(): void {
    this.leave();
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(socket: Socket): void {
    const connection = this.#transcript.connection();
    const sinceMs = this.#backlog.accepted();
    const scanner = new MessageScanner();
    let seen = 0;
    let goesOn = Promise.resolve(true);
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('end', () => {
      if (seen === 0) socket.end();
      else void goesOn.then((open) => open && socket.end());
    });
    socket.on('data', (chunk: Buffer) => {
      for (const bytes of scanner.push(chunk)) {
        const request = this.#see(bytes, { connection, sinceMs, before: seen });
        seen += 1;
        goesOn = goesOn.then((open) => open && this.#reply(socket, connection, request));
      }
      if (scanner.problem !== undefined) {
        this.streamProblem ??= scanner.problem;
        socket.end();
      }
      this.#transcript.add({ from: 'subject', to: this.name, connection, kind: 'bytes' }, chunk);
    });
  }

  #see(bytes: Buffer, place: Pick<SeenRequest, 'connection' | 'sinceMs' | 'before'>): SeenRequest {
    const reading = readMessage(bytes);
    const body = 'value' in reading ? reading.value : {};
    const action = field(body, 'action');
    const request: SeenRequest = {
      ...place,
      atMs: this.#transcript.nowMs(),
      action: typeof action === 'string' ? action : '',
      body,
      problem: 'problem' in reading ? reading.problem : undefined,
    };
    this.requests.push(request);
    this.streamProblem ??= request.problem;
    return request;
  }

  /** Replies. @returns whether a further request of the connection is to be answered */
  async #reply(socket: Socket, connection: number, request: SeenRequest): Promise<boolean> {
    const reply = await this.#script(request);
    if (reply.kind === 'reset') socket.resetAndDestroy();
    if (reply.kind === 'close') socket.end();
    if (reply.kind !== 'message' && reply.kind !== 'raw') return false;
    if (reply.afterMs !== undefined) await pause(reply.afterMs);
    if (socket.destroyed) return false;
    const bytes = reply.kind === 'raw' ? reply.bytes : Buffer.from(JSON.stringify(reply.message));
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
    if (n > 0) await pause(betweenSegmentsMs);
    if (socket.destroyed) return;
    socket.write(segment);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
