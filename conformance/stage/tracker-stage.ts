import type { Program } from '../../impl/launch/program.ts';
import { expectPeers, expectSuccess, show } from '../expect.ts';
import { Client, type Answer, type AskOptions } from '../wire/client.ts';
import { field } from '../wire/message.ts';
import { getPeers, peerOffline, register, requestBlockTracker } from '../wire/requests.ts';
import { expectAlive, stopProgram } from './alive.ts';
import { startDeadlineMs, type Context } from './context.ts';
import { sampleBlocks } from './sample-text.ts';
import type { ServerStage } from './server-stage.ts';

export interface TrackerSetup {
  /** The file that the tracker shares. */
  readonly file?: Buffer;
  readonly blocks?: number;
  /** The suite does not register. */
  readonly bare?: boolean;
}

const KNOWN = 'suite';
const KNOWN_PORT = 9;

/** A tracker under test, freshly started, and one registered party, `client`, that talks to it. */
export class TrackerStage implements ServerStage {
  readonly role = 'tracker';
  readonly known = KNOWN;
  readonly legal: ReadonlyMap<string, object> = new Map<string, object>([
    ['get_peers', getPeers(KNOWN)],
    ['request_block_tracker', requestBlockTracker(KNOWN, 1)],
    ['register', register(KNOWN, KNOWN_PORT)],
    ['peer_offline', peerOffline('nobody', KNOWN)],
  ]);
  readonly context: Context;
  readonly program: Program;
  readonly file: Buffer;
  readonly blocks: number;
  readonly client: Client;

  private constructor(context: Context, program: Program, file: Buffer, blocks: number) {
    this.context = context;
    this.program = program;
    this.file = file;
    this.blocks = blocks;
    this.client = new Client(context.transcript, KNOWN, () => program);
  }

  /** Starts the tracker and registers the suite; rejects with a violation or with what kept the program from starting. */
  static async open(context: Context, setup: TrackerSetup = {}): Promise<TrackerStage> {
    const { blocks = 8, file = Buffer.from(sampleBlocks(20).join('')) } = setup;
    const program = await context.run.launch(context.implementation, 'tracker', { blocks, file });
    const stage = new TrackerStage(context, program, file, blocks);
    try {
      await program.untilListening(startDeadlineMs(context.timing));
      if (setup.bare !== true) expectSuccess(await stage.register(KNOWN, KNOWN_PORT), 'success for a registration');
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  register(peerId: string, port: number, options?: AskOptions): Promise<Answer> {
    return this.client.ask(register(peerId, port), options);
  }

  getPeers(peerId: string): Promise<Answer> {
    return this.client.ask(getPeers(peerId));
  }

  requestBlock(index: number): Promise<Answer> {
    return this.client.ask(requestBlockTracker(KNOWN, index));
  }

  /** Registers `count` peers named `prefix1`, `prefix2` …, at ports where nobody listens, and returns their ids. */
  async registerMany(prefix: string, count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
    for (const [i, id] of ids.entries()) {
      expectSuccess(await this.register(id, 20_000 + i), `success for the registration of ${id}`);
    }
    return ids;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  async serves(after: string): Promise<void> {
    expectSuccess(await this.getPeers(KNOWN), `an honest get_peers to be answered with success after ${after}`);
    expectAlive(this.program, after);
  }

  async state(): Promise<string> {
    const entries = expectPeers(await this.register('witness', KNOWN_PORT));
    return show(
      entries.map((entry) => [field(entry, 'peer_id'), field(entry, 'port')].map(show).join(' at port ')).sort(),
    );
  }

  async close(): Promise<void> {
    this.client.close();
    await stopProgram(this.program);
  }
}
