import { askBlocksInfo, validPeerRequests } from '../stage/peer-requests.ts';
import { show } from '../wire/expect.ts';
import type { Context } from '../stage/context.ts';
import type { PeerServerStage } from '../stage/server-stage.ts';
import { expectNoCrash, type ServerUnderTest } from '../stage/server-under-test.ts';
import { Client } from '../wire/client.ts';
import type { RunningPeer } from './running-peer.ts';

/** A peer that already runs. */
export class RunningPeerStage implements PeerServerStage {
  readonly role = 'peer';
  readonly subjectId = undefined;
  readonly context: Context;
  readonly client: Client;
  readonly known: string;
  readonly blockCount: number;
  readonly validRequests: ReadonlyMap<string, object>;
  readonly #peer: RunningPeer;

  private constructor(context: Context, client: Client, settings: RunningPeerSettings, index: number) {
    const { peer, known, blockCount } = settings;
    this.context = context;
    this.client = client;
    this.known = known;
    this.blockCount = blockCount;
    this.#peer = peer;
    this.validRequests = validPeerRequests(known, { requested: index, announced: index });
  }

  /** The valid requests are about a block that the peer has: so it never requests one from the suite. */
  static async open(context: Context, settings: RunningPeerSettings): Promise<RunningPeerStage> {
    const { server } = settings.peer;
    const client = new Client(context.transcript, 'suite', () => server.address, context.manner);
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
    await askBlocksInfo(this.client, this.known, `success for a valid have_blocks_info after ${after}`);
    await expectNoCrash(this.server, after);
  }

  async state(): Promise<string> {
    return show(await askBlocksInfo(this.client, this.known));
  }

  close(): Promise<void> {
    this.client.close();
    return Promise.resolve();
  }
}

export interface RunningPeerSettings {
  readonly peer: RunningPeer;
  /** The id under which the suite sends requests. */
  readonly known: string;
  readonly blockCount: number;
}
