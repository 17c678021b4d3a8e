import { expectSuccess, show } from '../wire/expect.ts';
import type { Context } from '../stage/context.ts';
import type { PeerServerStage } from '../stage/server-stage.ts';
import type { ServerUnderTest } from '../stage/server-under-test.ts';
import { Violation } from '../violation.ts';
import { Client } from '../wire/client.ts';
import { field } from '../wire/message.ts';
import { announceBlock, haveBlocksInfo, requestBlock } from '../wire/requests.ts';
import type { RunningPeer } from './running-peer.ts';

/** A peer that somebody else runs, asked by one party of the suite. */
export class RunningPeerStage implements PeerServerStage {
  readonly role = 'peer';
  readonly subjectId = undefined;
  readonly context: Context;
  readonly client: Client;
  readonly known: string;
  readonly blockCount: number;
  readonly legal: ReadonlyMap<string, object>;
  readonly #peer: RunningPeer;

  private constructor(context: Context, client: Client, settings: RunningPeerSettings, index: number) {
    const { peer, known, blockCount } = settings;
    this.context = context;
    this.client = client;
    this.known = known;
    this.blockCount = blockCount;
    this.#peer = peer;
    this.legal = new Map<string, object>([
      ['have_blocks_info', haveBlocksInfo(known)],
      ['request_block', requestBlock(known, index)],
      ['announce_block', announceBlock(known, index)],
    ]);
  }

  /** The legal requests are about a block that the peer has: it never goes to the suite for one. */
  static async open(context: Context, settings: RunningPeerSettings): Promise<RunningPeerStage> {
    const { server } = settings.peer;
    const client = new Client(context.transcript, 'suite', () => server.address);
    const [index = 0] = await settings.peer.held(client);
    return new RunningPeerStage(context, client, settings, index);
  }

  get server(): ServerUnderTest {
    return this.#peer.server;
  }

  ready(): Promise<void> {
    return this.#peer.untilGranted();
  }

  async serves(after: string): Promise<void> {
    const expected = `an honest have_blocks_info to be answered with success after ${after}`;
    expectSuccess(await this.client.ask(haveBlocksInfo(this.known)), expected);
    const crash = await this.server.crash();
    if (crash !== undefined) throw new Violation(`the process to go on after ${after}`, crash);
  }

  async state(): Promise<string> {
    return show(field(expectSuccess(await this.client.ask(haveBlocksInfo(this.known))), 'blocks_info'));
  }

  close(): Promise<void> {
    this.client.close();
    return Promise.resolve();
  }
}

export interface RunningPeerSettings {
  readonly peer: RunningPeer;
  /** The id that the suite goes by. */
  readonly known: string;
  readonly blockCount: number;
}
