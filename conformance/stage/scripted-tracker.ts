import type { Random } from '../random.ts';
import { field } from '../wire/message.ts';
import { grant, reply, withhold } from './replies.ts';
import { ScriptedServer, type Reply, type SeenRequest } from '../wire/scripted-server.ts';
import type { Transcript } from '../wire/transcript.ts';

/** An entry of a list of peers. */
export interface Listed {
  readonly peer_id: string;
  readonly ip: string;
  readonly port: number;
}

/** What the scripted tracker answers. A script may look at the stage and change its mind from request to request. */
export interface TrackerScript {
  initialBlocks: readonly number[];
  /** The peers of the swarm besides the subject; get_peers gives at most five of them, drawn by `draw`. */
  listed: () => readonly Listed[];
  draw: (listed: readonly Listed[]) => readonly Listed[];
  /** The reply to request_block_tracker for a block in range. */
  block: (index: number, request: SeenRequest) => Reply;
  /** Further fields of the register response. */
  registerExtras: object;
  /** Runs when a registration has arrived, before it is answered. */
  onRegister: (request: SeenRequest) => Promise<void>;
  /** A reply that takes the place of the usual one, if any. */
  instead: (request: SeenRequest) => Reply | undefined;
}

/** Grants blocks 0 and 1, the initial ones, and refuses all others: the subject stays incomplete. */
export function defaultTrackerScript(
  blocks: readonly string[],
  listed: () => readonly Listed[],
  random: Random,
): TrackerScript {
  const initialBlocks = [0, 1].filter((index) => index < blocks.length);
  return {
    initialBlocks,
    listed,
    draw: (all) => random.shuffle(all).slice(0, 5),
    block: (index) => (initialBlocks.includes(index) ? grant(index, blocks) : withhold(index)),
    registerExtras: {},
    onRegister: () => Promise.resolve(),
    instead: () => undefined,
  };
}

/** The tracker of a peer under test, played by the suite. */
export class ScriptedTracker extends ScriptedServer {
  readonly script: TrackerScript;

  constructor(transcript: Transcript, script: TrackerScript) {
    super(transcript, 'tracker', (request) => this.#reply(request));
    this.script = script;
  }

  /** The requests with this action so far. */
  seen(action: string): SeenRequest[] {
    return this.requests.filter((request) => request.action === action);
  }

  async #reply(request: SeenRequest): Promise<Reply> {
    const { script } = this;
    const instead = script.instead(request);
    if (instead !== undefined) return instead;
    switch (request.action) {
      case 'register':
        await script.onRegister(request);
        return reply({
          status: 'success',
          initial_blocks: script.initialBlocks,
          peers: script.listed(),
          ...script.registerExtras,
        });
      case 'get_peers':
        return reply({ status: 'success', peers: script.draw(script.listed()) });
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
