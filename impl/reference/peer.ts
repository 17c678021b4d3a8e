import { BlockStore } from './files/block-store.ts';
import { ExchangeError } from './tcp/client-connection.ts';
import { encodeBlockResponse } from './core/wire/block-data.ts';
import { encodeMessage, MessageError, type JsonObject } from './core/wire/messages.ts';
import type { Endpoint, Answer, Outcome, PeerEffect, PeerEvent } from './core/peer/peer-events.ts';
import type { PeerOptions } from './core/peer/peer-options.ts';
import { PeerCore } from './core/peer/peer-core.ts';
import { asPeerRequest, asksBase64 } from './core/wire/requests.ts';
import { Refused } from './core/wire/responses.ts';
import { Counters, type Log } from './command/log.ts';
import { MessageServer } from './tcp/message-server.ts';
import { PeerClient } from './tcp/peer-client.ts';
import type { Client } from './tcp/server-connection.ts';

/** How long responses in progress may take when the peer leaves. */
const closeMs = 1000;

export interface PeerSettings extends Omit<PeerOptions, 'listenPort'> {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly tracker: Endpoint;
  /** The path of the file to write. */
  readonly output: string;
  readonly log: Log;
}

type Send = PeerEffect & { type: 'send' };

/** How a peer ended. */
export interface PeerEnd {
  readonly outcome: Outcome;
  readonly reason: string;
}

/** A peer on the network: performs the effects of its core. */
export class Peer {
  readonly #settings: PeerSettings;
  readonly #core: PeerCore;
  readonly #server: MessageServer;
  readonly #store: BlockStore;
  readonly #client: PeerClient;
  readonly #counters = new Counters();
  readonly ended: Promise<PeerEnd>;
  #resolveEnded: (end: PeerEnd) => void = () => undefined;
  #finished = false;
  #hasLoggedLeftOut = false;
  #timer: NodeJS.Timeout | undefined;

  private constructor(settings: PeerSettings, server: MessageServer, listenPort: number) {
    const { totalBlocks, tracker, output } = settings;
    this.#settings = settings;
    this.#server = server;
    this.#store = new BlockStore(output, totalBlocks);
    this.#client = new PeerClient(tracker, totalBlocks, this.#store, (entries) => this.#onLeftOut(entries));
    this.#core = new PeerCore({ ...settings, listenPort });
    this.ended = new Promise<PeerEnd>((resolve) => (this.#resolveEnded = resolve)).then(async (end) => {
      await this.#close();
      return end;
    });
  }

  /** Listens, then starts. Throws a UsageError if the address cannot be listened on. */
  static async start(settings: PeerSettings): Promise<Peer> {
    const server = new MessageServer((message, client) => peer.#serve(message, client));
    const port = await server.listen(settings.host, settings.port);
    const peer: Peer = new Peer(settings, server, port);
    settings.log({ event: 'listening', host: settings.host, port });
    peer.#handle({ type: 'start' });
    return peer;
  }

  /** Lets the peer say goodbye and end. */
  stop(): void {
    this.#handle({ type: 'stop' });
  }

  #handle(event: PeerEvent): void {
    if (!this.#finished) this.#performAll(this.#core.handle(event, performance.now()));
  }

  #performAll(effects: readonly PeerEffect[]): void {
    for (const effect of effects) this.#perform(effect);
    clearTimeout(this.#timer);
    const dueMs = this.#core.pollTimeout();
    if (dueMs === undefined) return;
    this.#timer = setTimeout(
      () => this.#handle({ type: 'timeout' }),
      Math.max(0, Math.ceil(dueMs - performance.now())),
    );
  }

  #perform(effect: PeerEffect): void {
    switch (effect.type) {
      case 'send':
        void this.#send(effect);
        break;
      case 'rebuild':
        void this.#rebuild();
        break;
      case 'finish':
        this.#finished = true;
        this.#resolveEnded(effect);
    }
  }

  async #send(effect: Send): Promise<void> {
    const { requestId, request } = effect;
    this.#counters.countSent(request.action);
    const event = await this.#client.send(effect).then(
      (answer): PeerEvent => ({ type: 'answer', requestId, answer }),
      (error: unknown) => failureEvent(requestId, error),
    );
    this.#handle(event);
    if (event.type === 'answer') this.#logAnswer(effect, event.answer);
  }

  #logAnswer({ request }: Send, answer: Answer): void {
    const { totalBlocks, log } = this.#settings;
    const blocks = this.#core.peers.ownedCount;
    if (answer.action === 'register') log({ event: 'registered', blocks, totalBlocks });
    if (request.action === 'request_block' || request.action === 'request_block_tracker') {
      const source = request.action === 'request_block' ? 'peer' : 'tracker';
      log({ event: 'block', index: request.block_index, source, blocks, totalBlocks });
    }
  }

  /** Logged once: a tracker that lists such entries does so again and again. */
  #onLeftOut(entries: number): void {
    if (this.#hasLoggedLeftOut) return;
    this.#hasLoggedLeftOut = true;
    this.#settings.log({ event: 'left-out', entries });
  }

  async #rebuild(): Promise<void> {
    try {
      await this.#store.publish();
      this.#settings.log({ event: 'complete', output: this.#settings.output, seconds: performance.now() / 1000 });
      this.#handle({ type: 'rebuilt' });
    } catch (error) {
      this.#handle({ type: 'abort', reason: `cannot write ${this.#settings.output}: ${(error as Error).message}` });
    }
  }

  #serve(message: JsonObject, { keepAlive }: Client): Buffer | Promise<Buffer> {
    const request = asPeerRequest(message);
    this.#counters.countReceived(request.action);
    const { reply, effects } = this.#core.handleRequest(request, performance.now());
    this.#performAll(effects);
    if (reply.type === 'respond') {
      return encodeMessage(keepAlive ? { ...reply.response, keep_alive: true } : reply.response);
    }
    const base64 = request.action === 'request_block' && asksBase64(request);
    return this.#store.read(reply.index).then((block) => encodeBlockResponse(reply.index, block, base64, keepAlive));
  }

  async #close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#client.close();
    await this.#server.close(closeMs);
    await this.#store.close();
    this.#settings.log(this.#counters.toEvent());
  }
}

/** A failure of the other side; any other error ends this peer. */
function failureEvent(requestId: number, error: unknown): PeerEvent {
  const { message: reason } = error as Error;
  if (error instanceof ExchangeError) return { type: 'failure', requestId, failure: error.failure, reason };
  if (error instanceof Refused) return { type: 'failure', requestId, failure: 'refused', reason };
  if (error instanceof MessageError) return { type: 'failure', requestId, failure: 'wrong', reason };
  return { type: 'abort', reason };
}
