import { isIP } from 'node:net';
import type { PeerEntry } from '../../../schemas/types.ts';
import type { BlockStore } from '../files/block-store.ts';
import { Channel } from './channel.ts';
import { decodeBlockResponse, decodeText } from '../core/wire/block-data.ts';
import type { FramingLimits } from '../core/wire/message-framer.ts';
import { MessageError, parseMessage } from '../core/wire/messages.ts';
import type { Endpoint, Answer, PeerEffect } from '../core/peer/peer-events.ts';
import { asGetPeers, asHaveBlocksInfo, asRegister, checkStatus, type PeerList } from '../core/wire/responses.ts';

/** Allows blocks of 16 MiB, each byte written as `\u0000`, and lists of N entries (wire.size.client-takes-any-response). */
function responseLimits(totalBlocks: number): FramingLimits {
  return { maxMessageBytes: 6 * 16 * 1024 * 1024 + 128 * totalBlocks + 1024 * 1024, maxDepth: 64 };
}

/** Sends the core's requests to the tracker and other peers, and stores the blocks received. */
export class PeerClient {
  readonly #tracker: Endpoint;
  readonly #totalBlocks: number;
  readonly #store: BlockStore;
  readonly #channels = new Map<string, Channel>();
  readonly #onLeftOut: (entries: number) => void;
  #storeOpen = false;

  /** @param onLeftOut called whenever the tracker's list has entries that are no peers, with their number */
  constructor(tracker: Endpoint, totalBlocks: number, store: BlockStore, onLeftOut: (entries: number) => void) {
    this.#onLeftOut = onLeftOut;
    this.#tracker = tracker;
    this.#totalBlocks = totalBlocks;
    this.#store = store;
  }

  /**
   * Sends a request. Rejects with Refused, MessageError or ExchangeError if the other side is the cause; any other error means
   * that this peer cannot go on.
   */
  async send({ to, request, timeoutMs }: PeerEffect & { type: 'send' }): Promise<Answer> {
    const response = await this.#channel(to === 'tracker' ? this.#tracker : to).exchange(request, timeoutMs);
    switch (request.action) {
      case 'register':
        return this.#onRegistered(response);
      case 'get_peers':
        return { action: 'get_peers', peers: this.#peersOf(asGetPeers(parseMessage(response))) };
      case 'request_block':
      case 'request_block_tracker':
        await this.#checkAndStore(request.block_index, decodeBlockResponse(response, request.block_index));
        return { action: request.action };
      case 'have_blocks_info': {
        const { blocks_info } = asHaveBlocksInfo(parseMessage(response), this.#totalBlocks);
        return { action: 'have_blocks_info', blocks: blocks_info };
      }
      case 'announce_block':
      case 'peer_offline':
        checkStatus(parseMessage(response));
        return { action: request.action };
    }
  }

  close(): void {
    for (const channel of this.#channels.values()) channel.close();
  }

  #channel({ host, port }: Endpoint): Channel {
    const key = `${host} ${port}`;
    const channel = this.#channels.get(key) ?? new Channel({ host, port }, responseLimits(this.#totalBlocks));
    this.#channels.set(key, channel);
    return channel;
  }

  /** Leaves out entries with a name instead of an IP literal, too (tracker.peers.entry): it would cause a DNS lookup. */
  #peersOf({ peers, leftOut }: PeerList): readonly PeerEntry[] {
    const usable = peers.filter(({ ip }) => isIP(ip) !== 0);
    const leftOutOfAll = leftOut + peers.length - usable.length;
    if (leftOutOfAll > 0) this.#onLeftOut(leftOutOfAll);
    return usable;
  }

  async #checkAndStore(index: number, block: Buffer): Promise<void> {
    if (!this.#store.isValid(index, block)) throw new MessageError(`block ${index} has the wrong SHA-256`);
    await this.#store.write(index, block);
  }

  async #onRegistered(response: Buffer): Promise<Answer> {
    const registered = asRegister(parseMessage(response), this.#totalBlocks);
    const { total_blocks, file_size, block_sha256, initial_blocks } = registered;
    if (total_blocks !== undefined && total_blocks !== this.#totalBlocks) {
      throw new Error(`the tracker shares ${total_blocks} blocks, --blocks says ${this.#totalBlocks}`);
    }
    const ownedBlocks: number[] = [];
    if (!this.#storeOpen) {
      this.#storeOpen = true;
      const described = file_size !== undefined && block_sha256?.length === this.#totalBlocks;
      ownedBlocks.push(
        ...(await this.#store.open(described ? { fileSizeBytes: file_size, sha256: block_sha256 } : undefined)),
      );
    }
    const stored = new Set(ownedBlocks);
    for (const index of initial_blocks) {
      const text = registered.initial_blocks_data?.[String(index)];
      if (text === undefined || stored.has(index)) continue;
      if (await this.#storeInline(index, text)) ownedBlocks.push(index);
    }
    return { action: 'register', peers: this.#peersOf(registered), initialBlocks: initial_blocks, ownedBlocks };
  }

  /** Stores the block, and returns true. An invalid one is fetched later instead. */
  async #storeInline(index: number, text: string): Promise<boolean> {
    try {
      await this.#checkAndStore(index, decodeText(text));
      return true;
    } catch (error) {
      if (error instanceof MessageError) return false;
      throw error;
    }
  }
}
