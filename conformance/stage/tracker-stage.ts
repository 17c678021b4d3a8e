import { expectPeerIds, expectPeers, expectSuccess, show } from '../wire/expect.ts';
import { Client, type Answer, type AskOptions } from '../wire/client.ts';
import { field } from '../wire/message.ts';
import { getPeers, peerOffline, register, requestBlockTracker } from '../wire/requests.ts';
import type { Context } from './context.ts';
import { companyPrefix, LaunchedTrackerRegistrants, type Registrants, type Registrant } from './registrants.ts';
import { sampleBlocks } from './sample-blocks.ts';
import type { ServerStage } from './server-stage.ts';
import { expectNoCrash, LaunchedServer, type ServerUnderTest } from './server-under-test.ts';
import { startsWithinMs } from '../time-limits.ts';

export interface TrackerSetup {
  /** The file that the tracker shares. */
  readonly file?: Buffer;
  readonly blocks?: number;
  /** The suite does not register before the case. */
  readonly startOnly?: boolean;
}

/** As many as get_peers lists. */
const companySize = 5;

/** The file that a tracker shares, cut into `blocks` blocks. */
export interface ServedFile {
  readonly file: Buffer;
  readonly blocks: number;
}

/** A tracker under test, and `client`, which sends it requests under a registered id. */
export class TrackerStage implements ServerStage {
  readonly role = 'tracker';
  readonly known: string;
  readonly validRequests: ReadonlyMap<string, object>;
  readonly context: Context;
  readonly server: ServerUnderTest;
  readonly file: Buffer;
  readonly blocks: number;
  readonly client: Client;
  readonly #registrants: Registrants;

  constructor(context: Context, server: ServerUnderTest, { file, blocks }: ServedFile, registrants: Registrants) {
    const { id, port } = registrants.known;
    this.known = id;
    this.validRequests = new Map<string, object>([
      ['get_peers', getPeers(id)],
      ['request_block_tracker', requestBlockTracker(id, Math.min(1, blocks - 1))],
      ['register', register(id, port)],
      ['peer_offline', peerOffline(registrants.id('nobody'), id)],
    ]);
    this.context = context;
    this.server = server;
    this.file = file;
    this.blocks = blocks;
    this.client = new Client(context.transcript, 'suite', () => server.address, context.manner);
    this.#registrants = registrants;
  }

  /** Starts the tracker and registers the suite. Rejects with a violation, or with the reason why the program did not start. */
  static async open(context: Context, setup: TrackerSetup = {}): Promise<TrackerStage> {
    const { blocks = 8, file = Buffer.from(sampleBlocks(20).join('')) } = setup;
    const program = await context.session.launch(context.implementation, 'tracker', { blocks, file });
    const server = new LaunchedServer(program, () => false);
    const stage = new TrackerStage(context, server, { file, blocks }, new LaunchedTrackerRegistrants());
    try {
      await program.untilListening(startsWithinMs(context.timing));
      if (setup.startOnly === true) return stage;
      await stage.registerKnown();
      if (context.manner.has('others-registered')) await stage.registerMany(companyPrefix, companySize);
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  /** Registers the known id. */
  async registerKnown(): Promise<void> {
    const { id, port } = this.#registrants.known;
    expectSuccess(await this.register(id, port), 'success for a registration');
  }

  /**
   * The ids of the other peers in a list that the requester got, sorted. Duplicates and the requester itself are left out: they
   * are for clauses of their own.
   */
  othersIn(answer: Answer, requester = this.known): string[] {
    return this.own([...new Set(expectPeerIds(answer))].filter((id) => id !== requester));
  }

  /** A peer to register; the same one for the same name. */
  registrant(name: string): Promise<Registrant> {
    return this.#registrants.registrant(name);
  }

  /** The id of a peer that is not registered. */
  id(name: string): string {
    return this.#registrants.id(name);
  }

  /** The ids that belong to this case: others may use the same tracker. */
  own(ids: readonly string[]): string[] {
    return ids.filter((id) => id === this.known || this.#registrants.owns(id));
  }

  /** The address that registrations come from; undefined if the tracker may see another. */
  get sourceIp(): string | undefined {
    return this.#registrants.sourceIp;
  }

  register(peerId: string, port: number, options?: AskOptions): Promise<Answer> {
    return this.client.ask(register(peerId, port), options);
  }

  getPeers(peerId: string): Promise<Answer> {
    return this.client.ask(getPeers(peerId));
  }

  requestBlock(index: number): Promise<Answer> {
    return this.client.ask(requestBlockTracker(this.known, index));
  }

  /** Registers `count` peers named `prefix1`, `prefix2` …, and returns their ids. */
  async registerMany(prefix: string, count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 1; n <= count; n += 1) {
      const { id, port } = await this.registrant(`${prefix}${n}`);
      expectSuccess(await this.register(id, port), `success for the registration of ${id}`);
      ids.push(id);
    }
    return ids;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  async serves(after: string): Promise<void> {
    expectSuccess(await this.getPeers(this.known), `success for a valid get_peers after ${after}`);
    await expectNoCrash(this.server, after);
  }

  async state(): Promise<string> {
    const witness = await this.registrant('witness');
    const entries = expectPeers(await this.register(witness.id, witness.port));
    const own = entries.filter((entry) => this.own([String(field(entry, 'peer_id'))]).length > 0);
    return show(own.map((entry) => [field(entry, 'peer_id'), field(entry, 'port')].map(show).join(' at port ')).sort());
  }

  async close(): Promise<void> {
    this.client.close();
    await this.#registrants.leave();
    await this.server.release();
  }
}
