import { connect } from 'node:net';
import type { Random } from './random.ts';
import type { Manner } from '../manner/manner.ts';
import { field } from '../wire/message.ts';
import { grant, reply, withhold } from './replies.ts';
import { registrationOffers } from '../manner/registration-offers.ts';
import { ScriptedServer, type Reply, type SeenRequest } from '../wire/scripted-server.ts';
import type { Transcript } from '../wire/transcript.ts';
import { probeConnectsWithinMs } from '../time-limits.ts';

/** An entry of a list of peers. */
export interface PeerEntry {
  readonly peer_id: string;
  readonly ip: string;
  readonly port: number;
}

/** How the scripted tracker answers; a case may change it between requests. */
export interface TrackerScript {
  initialBlocks: readonly number[];
  /** The peers of the swarm besides the subject; get_peers lists at most five of them, drawn by `draw`. */
  listed: (by: 'register' | 'get_peers') => readonly PeerEntry[];
  draw: (listed: readonly PeerEntry[]) => readonly PeerEntry[];
  /** The reply to request_block_tracker for a block in range. */
  block: (index: number, request: SeenRequest) => Reply | Promise<Reply>;
  /** Further fields of the register response. */
  registerExtras: object;
  /** Whether to connect to the port that a registration names before answering it. */
  probesListener: boolean;
  /** Applied to every reply. */
  transformReply: (reply: Reply) => Reply | Promise<Reply>;
}

/**
 * A script with the `special` parts. By default it lists all peers, and grants only the initial blocks 0 and 1, so that the
 * subject stays incomplete.
 */
export function trackerScript(
  blocks: readonly string[],
  peers: readonly { script: { listedBy?: 'get_peers' }; entry: PeerEntry }[],
  random: Random,
  special: Partial<TrackerScript>,
): TrackerScript {
  const script: TrackerScript = {
    initialBlocks: [0, 1].filter((index) => index < blocks.length),
    listed: (by) => peers.filter((peer) => by === (peer.script.listedBy ?? by)).map((peer) => peer.entry),
    draw: (all) => random.shuffle(all).slice(0, 5),
    block: (index) => (script.initialBlocks.includes(index) ? grant(index, blocks) : withhold(index)),
    registerExtras: {},
    probesListener: false,
    transformReply: (reply) => reply,
    ...special,
  };
  return script;
}

/** The tracker of a peer under test, simulated by the suite. */
export class ScriptedTracker extends ScriptedServer {
  readonly script: TrackerScript;
  /** The outcome of the connection to the port of a registration: `accepted`, or why not; undefined if not probed. */
  listenerProbe: string | undefined;
  readonly #offers: () => object;
  readonly #spare: readonly { readonly entry: PeerEntry }[];

  /** @param spare the peers of a list that would be empty */
  constructor(
    transcript: Transcript,
    script: TrackerScript,
    blocks: readonly string[],
    manner: Manner,
    spare: readonly { readonly entry: PeerEntry }[] = [],
  ) {
    super(transcript, 'tracker', async (request) => script.transformReply(await this.#reply(request)), manner);
    this.#offers = () => registrationOffers(manner, blocks, script.initialBlocks);
    this.script = script;
    this.#spare = spare;
  }

  #list(peers: readonly PeerEntry[]): readonly PeerEntry[] {
    return peers.length > 0 ? peers : this.#spare.map(({ entry }) => entry);
  }

  async #reply(request: SeenRequest): Promise<Reply> {
    const { script } = this;
    switch (request.action) {
      case 'register':
        if (script.probesListener) this.listenerProbe = await probe(field(request.body, 'listen_port'));
        return reply({
          status: 'success',
          initial_blocks: script.initialBlocks,
          peers: this.#list(script.listed('register')),
          ...this.#offers(),
          ...script.registerExtras,
        });
      case 'get_peers':
        return reply({ status: 'success', peers: this.#list(script.draw(script.listed('get_peers'))) });
      case 'request_block_tracker': {
        const index = field(request.body, 'block_index');
        if (typeof index === 'number') return script.block(index, request);
        break;
      }
      case 'peer_offline':
        return reply({ status: 'success' });
    }
    return reply({ status: 'error', reason: 'not a request to a tracker' });
  }
}

/** Connects to a port and closes the connection. Resolves to `accepted`, or why not. */
function probe(port: unknown): Promise<string> {
  return new Promise((resolve) => {
    if (typeof port !== 'number' || !(port > 0 && port < 65_536)) {
      resolve('not a port');
      return;
    }
    const socket = connect({ host: '127.0.0.1', port });
    socket.setTimeout(probeConnectsWithinMs, () =>
      socket.destroy(new Error(`no connection within ${probeConnectsWithinMs} ms`)),
    );
    socket.once('error', (error) => resolve(error.message));
    socket.once('connect', () => {
      socket.destroy();
      resolve('accepted');
    });
  });
}
