import { isUtf8 } from 'node:buffer';
import { connect } from 'node:net';
import type { PeerEntry } from '../../schemas/types.ts';
import { encodeBlockResponse } from './core/wire/block-data.ts';
import { blockRange } from './core/split-file.ts';
import { encodeMessage, type JsonObject } from './core/wire/messages.ts';
import type { Random } from './core/random.ts';
import { asTrackerRequest, asksBase64, type TrackerRequest } from './core/wire/requests.ts';
import { TrackerState } from './core/tracker/tracker-state.ts';
import { Counters, type Log } from './command/log.ts';
import { MessageServer } from './tcp/message-server.ts';
import type { Client } from './tcp/server-connection.ts';
import type { SourceFile } from './files/source-file.ts';

/** A peer reported offline that accepts no connection within this time is removed. */
const checkMs = 1000;
/** How long responses in progress may take when the tracker stops. */
const closeMs = 1000;
/** The most block data in the response to a registration. */
const maxInlineBytes = 16 * 1024;

export interface TrackerSettings {
  readonly file: SourceFile;
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly initialBlocks: number;
  readonly random: Random;
  readonly log: Log;
}

/** The tracker on the network: serves until it is closed. */
export class Tracker {
  readonly #file: SourceFile;
  readonly #log: Log;
  readonly #state: TrackerState;
  readonly #server: MessageServer;
  readonly #metadata: object;
  readonly #counters = new Counters();

  private constructor({ file, initialBlocks, random, log }: TrackerSettings) {
    const totalBlocks = file.sha256.length;
    this.#file = file;
    this.#log = log;
    this.#state = new TrackerState({ totalBlocks, initialBlocks, random });
    this.#server = new MessageServer((message, client) => this.#serve(message, client));
    const { fileSizeBytes } = file.split;
    this.#metadata = {
      total_blocks: totalBlocks,
      file_name: file.name,
      file_size: fileSizeBytes,
      block_sha256: file.sha256,
    };
  }

  /** Listens. Throws a UsageError if the address cannot be listened on. */
  static async start(settings: TrackerSettings): Promise<Tracker> {
    const tracker = new Tracker(settings);
    const port = await tracker.#server.listen(settings.host, settings.port);
    settings.log({ event: 'listening', host: settings.host, port });
    return tracker;
  }

  async close(): Promise<void> {
    await this.#server.close(closeMs);
    await this.#file.close();
    this.#log(this.#counters.toEvent());
  }

  #serve(message: JsonObject, client: Client): Buffer | Promise<Buffer> {
    const request = asTrackerRequest(message);
    this.#counters.countReceived(request.action);
    const effect = this.#state.handle(request, client.ip);
    switch (effect.type) {
      case 'respond':
        return request.action === 'register'
          ? this.#respondToRegister(effect.response, client)
          : encode(effect.response, client);
      case 'send-block':
        return this.#sendBlock(request, effect.index, client);
      case 'check-peer':
        return this.#checkSuspect(effect.suspect, client);
    }
  }

  async #sendBlock(request: TrackerRequest, index: number, client: Client): Promise<Buffer> {
    const base64 = request.action === 'request_block_tracker' && asksBase64(request);
    return encodeBlockResponse(index, await this.#file.read(index), base64, client.keepAlive);
  }

  async #checkSuspect(suspect: PeerEntry, client: Client): Promise<Buffer> {
    return encode(this.#state.suspectChecked(suspect, await acceptsConnections(suspect)), client);
  }

  /** Adds the fields of the extensions `metadata` and `initial_blocks_data` (file.metadata.fields, file.initial-data.inline). */
  async #respondToRegister(response: object & { initial_blocks?: readonly number[] }, client: Client): Promise<Buffer> {
    const inline: [string, string][] = [];
    let remainingBytes = maxInlineBytes;
    for (const index of response.initial_blocks ?? []) {
      const { sizeBytes } = blockRange(this.#file.split, index);
      const block = sizeBytes <= remainingBytes ? await this.#file.read(index) : undefined;
      if (block === undefined || !isUtf8(block)) continue;
      remainingBytes -= sizeBytes;
      inline.push([String(index), block.toString('utf8')]);
    }
    return encode({ ...response, initial_blocks_data: Object.fromEntries(inline), ...this.#metadata }, client);
  }
}

function encode(response: object, { keepAlive }: Client): Buffer {
  return encodeMessage(keepAlive ? { ...response, keep_alive: true } : response);
}

function acceptsConnections({ ip, port }: PeerEntry): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: ip, port });
    const settle = (accepts: boolean): void => {
      clearTimeout(limit);
      socket.destroy();
      resolve(accepts);
    };
    const limit = setTimeout(settle, checkMs, false);
    socket.on('connect', () => settle(true)).on('error', () => settle(false));
  });
}
