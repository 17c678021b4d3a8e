import type { TrackerCase } from '../../cases/case.ts';
import type { Context } from '../../stage/context.ts';
import { LaunchedTrackerRegistrants } from '../../stage/registrants.ts';
import { TrackerStage } from '../../stage/tracker-stage.ts';
import { mayAnswerWithinMs } from '../../time-limits.ts';
import { Client } from '../../wire/client.ts';
import { field, isObject } from '../../wire/message.ts';
import { peerOffline, register } from '../../wire/requests.ts';
import { Transcript } from '../../wire/transcript.ts';
import type { StagedCase } from '../attempt/servers.ts';
import type { SharedProgram } from './shared-program.ts';

const timely = { timeoutMs: mayAnswerWithinMs };

/** A tracker that cases take turns on: each begins while nobody but the suite is registered, or nobody at all. */
export class SharedTracker implements SharedProgram {
  readonly #host: TrackerStage;
  readonly #registers: boolean;

  private constructor(host: TrackerStage, registers: boolean) {
    this.#host = host;
    this.#registers = registers;
  }

  /** Rejects with the reason why the program did not start. */
  static async start(item: TrackerCase, context: Context): Promise<SharedTracker> {
    const setup = item.setup();
    const host = await TrackerStage.open({ ...context, transcript: new Transcript() }, { ...setup, startOnly: true });
    return new SharedTracker(host, setup.startOnly !== true);
  }

  /** A crash is seen by the case that is at its turn. */
  readonly isBroken = false;

  async stage(item: TrackerCase, context: Context): Promise<StagedCase> {
    const { server } = this.#host;
    const stage = new TrackerStage(context, server, this.#host, new LaunchedTrackerRegistrants());
    if (this.#registers) await stage.registerKnown();
    const close = (): Promise<void> => {
      stage.client.close();
      return Promise.resolve();
    };
    return { stage: { server, close }, run: () => item.run(stage) };
  }

  /** Takes all peers but the suite off the tracker, and looks whether they are gone. Cases that register nobody leave none. */
  async restore(): Promise<boolean> {
    if (!this.#registers) return true;
    const client = new Client(new Transcript(), 'suite', () => this.#host.server.address);
    const { id, port } = new LaunchedTrackerRegistrants().known;
    const listed = async (): Promise<unknown[] | undefined> => {
      const peers = field((await client.ask(register(id, port), timely)).value, 'peers');
      return Array.isArray(peers) ? peers : undefined;
    };
    const others = (await listed())?.map((entry) => (isObject(entry) ? field(entry, 'peer_id') : undefined));
    if (others === undefined || others.length === 0) return others !== undefined;
    for (const other of others) {
      if (typeof other !== 'string') return false;
      if ((await client.ask(peerOffline(other, other), timely)).value === undefined) return false;
    }
    return (await listed())?.length === 0;
  }

  close(): Promise<void> {
    return this.#host.close();
  }
}
