import { Client } from '../wire/client.ts';
import type { Address } from '../wire/connection.ts';
import { field } from '../wire/message.ts';
import { ScriptedServer, type Reply, type SeenRequest } from '../wire/scripted-server.ts';
import type { Transcript } from '../wire/transcript.ts';
import { grant, reply, withhold } from './replies.ts';
import type { PeerEntry } from './scripted-tracker.ts';

export interface PeerScript {
  readonly id: string;
  /** The blocks that it says it has and serves; may change while the case runs. */
  readonly holds: Set<number>;
  /** Milliseconds between a granted block request and its answer. */
  answerAfterMs?: number;
  /** A reply that takes the place of the usual one, if any. */
  readonly specialReply?: (request: SeenRequest) => Reply | undefined;
  /** How every reply is given. */
  readonly transformReply?: (reply: Reply) => Reply;
  /** `get_peers`: the tracker does not name it in the answer to the registration. */
  readonly listedBy?: 'get_peers';
  /** It is listed with a port that nobody listens on. */
  readonly refusesConnections?: boolean;
}

/** Another peer of the swarm, played by the suite: it serves by its script, and `client` speaks for it. */
export class ScriptedPeer extends ScriptedServer {
  readonly script: PeerScript;
  readonly client: Client;
  readonly #blocks: readonly string[];
  #unusedPort: number | undefined;

  constructor(transcript: Transcript, script: PeerScript, blocks: readonly string[], subject: () => Address) {
    super(transcript, script.id, (request) => (script.transformReply ?? asItIs)(this.#reply(request)));
    this.script = script;
    this.client = new Client(transcript, script.id, subject);
    this.#blocks = blocks;
  }

  get id(): string {
    return this.script.id;
  }

  get entry(): PeerEntry {
    return { peer_id: this.id, ip: '127.0.0.1', port: this.#unusedPort ?? this.port };
  }

  /** Listens; or takes a port of `leasePort` where nobody listens, if the script wants that. */
  async appear(leasePort: () => Promise<number>): Promise<void> {
    if (this.script.refusesConnections === true) this.#unusedPort = await leasePort();
    else await this.listen();
  }

  /** The requests with this action so far. */
  seen(action: string): SeenRequest[] {
    return this.requests.filter((request) => request.action === action);
  }

  override close(): void {
    super.close();
    this.client.close();
  }

  #reply(request: SeenRequest): Reply {
    const { holds, specialReply, answerAfterMs = 0 } = this.script;
    const other = specialReply?.(request);
    if (other !== undefined) return other;
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

const asItIs = (usual: Reply): Reply => usual;

/** A peer that says what it holds and refuses every request, so that the subject cannot become complete by it. */
export function refusingPeer(id: string, holds: Iterable<number>): PeerScript {
  return {
    id,
    holds: new Set(holds),
    specialReply: ({ action, body }) =>
      action === 'request_block' ? withhold(field(body, 'block_index'), 'Choked or block unavailable') : undefined,
  };
}
