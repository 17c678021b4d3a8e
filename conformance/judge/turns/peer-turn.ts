import type { Context } from '../../stage/context.ts';
import { askBlocksInfo, validPeerRequests } from '../../stage/peer-requests.ts';
import type { PeerStage } from '../../stage/peer-stage.ts';
import { expectRunning } from '../../stage/program-exit.ts';
import type { PeerServerStage } from '../../stage/server-stage.ts';
import type { ServerUnderTest } from '../../stage/server-under-test.ts';
import { Client } from '../../wire/client.ts';
import { show } from '../../wire/expect.ts';

/** The stage of a case on a peer that others have used: the case is a client of it, and sees nothing of the swarm around it. */
export class PeerTurn implements PeerServerStage {
  readonly role = 'peer';
  readonly context: Context;
  readonly client: Client;
  readonly validRequests: ReadonlyMap<string, object>;
  readonly #host: PeerStage;

  /** @param host the stage that the peer was started on */
  constructor(context: Context, host: PeerStage) {
    this.context = context;
    this.#host = host;
    this.client = new Client(context.transcript, this.known, () => host.address, context.manner);
    this.validRequests = validPeerRequests(this.known, { requested: 0, announced: 1 });
  }

  get known(): string {
    return this.#host.known;
  }

  get server(): ServerUnderTest {
    return this.#host.server;
  }

  get blockCount(): number {
    return this.#host.blockCount;
  }

  get subjectId(): string {
    return this.#host.subjectId;
  }

  async ready(): Promise<void> {
    for (const index of this.#host.tracker.script.initialBlocks)
      await this.#host.grants(this.client, this.known, index);
  }

  async serves(after: string): Promise<void> {
    await askBlocksInfo(this.client, this.known, `success for a valid have_blocks_info after ${after}`);
    expectRunning(this.#host.program, after);
  }

  async state(): Promise<string> {
    return show(await askBlocksInfo(this.client, this.known));
  }

  close(): Promise<void> {
    this.client.close();
    return Promise.resolve();
  }
}
