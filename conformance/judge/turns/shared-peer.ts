import type { PeerCase } from '../../cases/case.ts';
import type { Context } from '../../stage/context.ts';
import { PeerStage } from '../../stage/peer-stage.ts';
import { Transcript } from '../../wire/transcript.ts';
import type { StagedCase } from '../attempt/servers.ts';
import { PeerTurn } from './peer-turn.ts';
import type { SharedProgram } from './shared-program.ts';

/** A peer on the usual stage, incomplete for ever, that cases take turns on as its clients. */
export class SharedPeer implements SharedProgram {
  readonly #host: PeerStage;

  private constructor(host: PeerStage) {
    this.#host = host;
  }

  /** Rejects with a violation, or with the reason why the program did not start. */
  static async start(context: Context): Promise<SharedPeer> {
    return new SharedPeer(await PeerStage.open({ ...context, transcript: new Transcript() }));
  }

  get isBroken(): boolean {
    const { program, context } = this.#host;
    return program.exit !== undefined || context.transcript.harnessError !== undefined;
  }

  stage(item: PeerCase, context: Context): Promise<StagedCase> {
    const { running } = item;
    if (typeof running !== 'function') throw new Error(`${item.id} cannot be a client of a peer that others use.`);
    const turn = new PeerTurn(context, this.#host);
    const run: StagedCase['run'] = async () => {
      const observation = await running(turn);
      // What was read past in the requests of the peer was read past for this case, too.
      for (const [kind, example] of this.#host.context.transcript.deviations)
        context.transcript.readPast(kind, example);
      return observation;
    };
    return Promise.resolve({ stage: turn, run });
  }

  /** What clients ask of it changes nothing that they can see. */
  restore(): Promise<boolean> {
    return Promise.resolve(true);
  }

  close(): Promise<void> {
    return this.#host.close();
  }
}
