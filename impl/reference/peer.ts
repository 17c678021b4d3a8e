import { BlockStore } from './files/block-store.ts';
import { ExchangeError } from './tcp/client-connection.ts';
import { encodeBlockResponse } from './core/wire/block-data.ts';
import { encodeMessage, MessageError, type JsonObject } from './core/wire/messages.ts';
import type { Address, Answer, Outcome, PeerEffect, PeerEvent } from './core/peer/peer-events.ts';
import type { PeerOptions } from './core/peer/peer-options.ts';
import { PeerCore } from './core/peer/peer.ts';
import { asPeerRequest, asksBase64 } from './core/wire/requests.ts';
import { Refused } from './core/wire/responses.ts';
import { Counters, type Log } from './command/log.ts';
import { MessageServer } from './tcp/message-server.ts';
import { PeerClient } from './tcp/peer-client.ts';
import type { Client } from './tcp/server-connection.ts';

/** Running responses have this long to end when the peer leaves. */
const closeMs = 1000;

export interface PeerSettings extends Omit<PeerOptions, 'listenPort'> {
  readonly host: string;
  /** 0 for any. */
  readonly port: number;
  readonly tracker: Address;
  /** Where the file is to appear. */
  readonly output: string;
  readonly log: Log;
}

type Reply = PeerEffect & { type: 'respond' | 'send-block' };

/** How a peer ended. */
export interface PeerEnd {
  readonly outcome: Outcome;
  readonly reason: string;
}

/** A peer on the network: the core's effects, performed. */
export class Peer {
  readonly #settings: PeerSettings;
  readonly #core: PeerCore;
  readonly #server: MessageServer;
  readonly #store: BlockStore;
  readonly #client: PeerClient;
  readonly #counters = new Counters();
  readonly ended: Promise<PeerEnd>;
  #end: (end: PeerEnd) => void = () => undefined;
  #over = false;
  #timer: NodeJS.Timeout | undefined;
  /** What the core has answered to the request that it is handling. */
  #reply: Reply | undefined;

  private constructor(settings: PeerSettings, server: MessageServer, listenPort: number) {
    const { totalBlocks, tracker, output } = settings;
    this.#settings = settings;
    this.#server = server;
    this.#store = new BlockStore(output, totalBlocks);
    this.#client = new PeerClient(tracker, totalBlocks, this.#store);
    this.#core = new PeerCore({ ...settings, listenPort });
    this.ended = new Promise<PeerEnd>((resolve) => (this.#end = resolve)).then(async (end) => {
      await this.#close();
      return end;
    });
  }

  /** Listens, then goes to the tracker. Throws a UsageError when the address cannot be had. */
  static async start(settings: PeerSettings): Promise<Peer> {
    const server = new MessageServer((message, client) => peer.#serve(message, client));
    const port = await server.listen(settings.host, settings.port);
    const peer: Peer = new Peer(settings, server, port);
    settings.log({ event: 'listening', host: settings.host, port });
    peer.#happen({ type: 'start' });
    return peer;
  }

  /** Says goodbye and ends. */
  stop(): void {
    this.#happen({ type: 'stop' });
  }

  #happen(event: PeerEvent): void {
    if (this.#over) return;
    const effects = this.#core.handle(event, performance.now());
    for (const effect of effects) this.#perform(effect);
    clearTimeout(this.#timer);
    const dueMs = this.#core.pollTimeout();
    if (dueMs === undefined) return;
    this.#timer = setTimeout(
      () => this.#happen({ type: 'timeout' }),
      Math.max(0, Math.ceil(dueMs - performance.now())),
    );
  }

  #perform(effect: PeerEffect): void {
    switch (effect.type) {
      case 'send':
        void this.#send(effect);
        break;
      case 'respond':
      case 'send-block':
        this.#reply = effect;
        break;
      case 'rebuild':
        void this.#rebuild();
        break;
      case 'finish':
        this.#over = true;
        this.#end(effect);
    }
  }

  async #send(effect: PeerEffect & { type: 'send' }): Promise<void> {
    const { requestId, request } = effect;
    this.#counters.sent(request.action);
    const event = await this.#client.ask(effect).then(
      (answer): PeerEvent => ({ type: 'answer', requestId, answer }),
      (error: unknown) => failureEvent(requestId, error),
    );
    this.#happen(event);
    if (event.type === 'answer') this.#tell(effect, event.answer);
  }

  #tell({ request }: PeerEffect & { type: 'send' }, answer: Answer): void {
    const { totalBlocks, log } = this.#settings;
    const blocks = this.#core.peers.ownedCount;
    if (answer.action === 'register') log({ event: 'registered', blocks, totalBlocks });
    if (request.action === 'request_block' || request.action === 'request_block_tracker') {
      const source = request.action === 'request_block' ? 'peer' : 'tracker';
      log({ event: 'block', index: request.block_index, source, blocks, totalBlocks });
    }
  }

  async #rebuild(): Promise<void> {
    try {
      await this.#store.publish();
      this.#settings.log({ event: 'complete', output: this.#settings.output, seconds: performance.now() / 1000 });
      this.#happen({ type: 'rebuilt' });
    } catch (error) {
      this.#happen({ type: 'abort', reason: `cannot write ${this.#settings.output}: ${(error as Error).message}` });
    }
  }

  #serve(message: JsonObject, { keepAlive }: Client): Buffer | Promise<Buffer> {
    const request = asPeerRequest(message);
    this.#counters.received(request.action);
    this.#happen({ type: 'request', request });
    const reply = this.#reply as Reply;
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

/** A failure of the other side, or, for any other error, the end of this peer. */
function failureEvent(requestId: number, error: unknown): PeerEvent {
  const { message: reason } = error as Error;
  if (error instanceof ExchangeError) return { type: 'failure', requestId, failure: error.failure, reason };
  if (error instanceof Refused) return { type: 'failure', requestId, failure: 'refused', reason };
  if (error instanceof MessageError) return { type: 'failure', requestId, failure: 'wrong', reason };
  return { type: 'abort', reason };
}
