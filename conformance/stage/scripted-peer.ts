import { errorMessage } from '../../launch/error-message.ts';
import { Inapplicable } from '../violation.ts';
import { Client } from '../wire/client.ts';
import type { Address } from '../../launch/ports/address.ts';
import { usualManner, type Manner } from '../manner/manner.ts';
import { field } from '../wire/message.ts';
import { ScriptedServer, type Reply, type SeenRequest } from '../wire/scripted-server.ts';
import type { Transcript } from '../wire/transcript.ts';
import { FullPort } from '../wire/full-port.ts';
import { grant, reply, withhold } from './replies.ts';
import type { PeerEntry } from './scripted-tracker.ts';

export interface PeerScript {
  readonly id: string;
  /** The blocks that it claims to have and serves; may change while the case runs. */
  readonly holds: Set<number>;
  /** Delay of the answer to a granted block request, in milliseconds. */
  answerAfterMs?: number;
  /** A reply instead of the usual one; undefined for the usual one. */
  readonly specialReply?: (request: SeenRequest) => Reply | undefined | Promise<Reply | undefined>;
  /** Applied to every reply. */
  readonly transformReply?: (reply: Reply) => Reply;
  /** `get_peers`: the tracker does not list it in the answer to the registration. */
  readonly listedBy?: 'get_peers';
  /** It is listed with a port on which no server listens. */
  readonly refusesConnections?: boolean;
  /** It is listed with a port on which connections are neither accepted nor refused. */
  readonly acceptsNothing?: boolean;
  /** The IP literal under which it is listed; default 127.0.0.1. */
  readonly ip?: string;
}

/** Another peer of the swarm, simulated by the suite: it serves by its script, and sends requests through `client`. */
export class ScriptedPeer extends ScriptedServer {
  readonly script: PeerScript;
  readonly client: Client;
  readonly #blocks: readonly string[];
  #unusedPort: number | undefined;
  #fullPort: FullPort | undefined;

  constructor(
    transcript: Transcript,
    script: PeerScript,
    blocks: readonly string[],
    subject: () => Address,
    manner: Manner = usualManner,
  ) {
    super(
      transcript,
      script.id,
      async (request) => (script.transformReply ?? unchanged)(await this.#reply(request)),
      manner,
    );
    this.script = script;
    this.client = new Client(transcript, script.id, subject, manner);
    this.#blocks = blocks;
  }

  get id(): string {
    return this.script.id;
  }

  get entry(): PeerEntry {
    return {
      peer_id: this.id,
      ip: this.script.ip ?? '127.0.0.1',
      port: this.#fullPort?.port ?? this.#unusedPort ?? this.port,
    };
  }

  /** Listens or, if its script refuses connections, takes a port of `leasePort` without listening on it. */
  async start(leasePort: () => Promise<number>): Promise<void> {
    if (this.script.refusesConnections === true) this.#unusedPort = await leasePort();
    else if (this.script.acceptsNothing === true) this.#fullPort = await FullPort.open();
    else if (this.script.ip === '::1') await this.#listenOnIpv6();
    else await this.listen();
  }

  async #listenOnIpv6(): Promise<void> {
    await this.listen('::1').catch((error: unknown) => {
      throw new Inapplicable(`this machine has no IPv6: ${errorMessage(error)}`);
    });
  }

  override close(): void {
    super.close();
    this.client.close();
    void this.#fullPort?.close();
  }

  async #reply(request: SeenRequest): Promise<Reply> {
    const { holds, specialReply, answerAfterMs = 0 } = this.script;
    const special = await specialReply?.(request);
    if (special !== undefined) return special;
    const index = field(request.body, 'block_index');
    switch (request.action) {
      case 'have_blocks_info':
        return reply({ status: 'success', peer_id: this.id, blocks_info: this.#blocks.map((_, i) => holds.has(i)) });
      case 'announce_block':
        return reply({ status: 'success' });
      case 'request_block':
        if (typeof index === 'number' && holds.has(index)) return grant(index, this.#blocks, answerAfterMs);
        return withhold(index, 'Choked or block unavailable');
      default:
        return reply({ status: 'error', reason: 'not a request to a peer' });
    }
  }
}

const unchanged = (reply: Reply): Reply => reply;

/** A peer that claims these blocks and refuses all requests for them, so that the subject stays incomplete. */
export function refusingPeer(id: string, holds: Iterable<number>): PeerScript {
  return {
    id,
    holds: new Set(holds),
    specialReply: ({ action, body }) =>
      action === 'request_block' ? withhold(field(body, 'block_index'), 'Choked or block unavailable') : undefined,
  };
}
