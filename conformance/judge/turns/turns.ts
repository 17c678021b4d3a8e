import type { Case } from '../../cases/case.ts';
import type { Manner } from '../../manner/manner.ts';
import type { Context } from '../../stage/context.ts';
import type { StagedCase } from '../attempt/servers.ts';
import { SharedPeer } from './shared-peer.ts';
import type { SharedProgram } from './shared-program.ts';
import { SharedTracker } from './shared-tracker.ts';

/** The turn of a case, which nobody else takes meanwhile. */
export interface Turn {
  /** No program is free, so that the turn begins with a start. */
  readonly starts: boolean;
  /** Sets the stage. Rejects with a violation, or with the reason why the stage cannot be set. */
  stage(item: Case, context: Context): Promise<StagedCase>;
}

/** Starts the program whose first turn this case has. */
export type StartShared = (item: Case, context: Context) => Promise<SharedProgram>;

/** So many attempts in vain, at cases of one role, show that taking turns costs more starts than it saves. */
const mostInVain = 8;

/**
 * Started programs that cases take turns on, one after the other. A program is given to the next case only after a case that
 * held, and if it can be made what it was at its start.
 */
export class Turns {
  readonly #start: StartShared;
  readonly #free = new Map<string, SharedProgram[]>();
  readonly #started = new Set<SharedProgram>();
  readonly #inVain = { tracker: 0, peer: 0 };

  /** @param start starts a program for the usual stage of the case's role, by default */
  constructor(start: StartShared = startShared) {
    this.#start = start;
  }

  /** The turn of a case in this manner; undefined if it needs a program of its own. */
  take(item: Case, manner: Manner): Turn | undefined {
    if (item.sharedBy === undefined || this.#inVain[item.role] >= mostInVain) return undefined;
    // A turn begins with nobody else on the tracker.
    if (manner.has('others-registered')) return undefined;
    const key = keyOf(item, manner);
    const free = this.#free.get(key)?.shift();
    return {
      starts: free === undefined,
      stage: async (next, context) => this.#stage(key, free ?? (await this.#startFor(next, context)), next, context),
    };
  }

  /** An attempt on a program that others have used tells nothing. */
  wasInVain({ role }: Case): void {
    this.#inVain[role] += 1;
  }

  /** Stops all programs. */
  async close(): Promise<void> {
    await Promise.all([...this.#started].map((program) => this.#stop(program)));
  }

  async #startFor(item: Case, context: Context): Promise<SharedProgram> {
    const program = await this.#start(item, context);
    this.#started.add(program);
    return program;
  }

  async #stage(key: string, program: SharedProgram, item: Case, context: Context): Promise<StagedCase> {
    let held = false;
    try {
      const { stage, run } = await program.stage(item, context);
      return {
        run: async () => {
          const observation = await run();
          held = true;
          return observation;
        },
        stage: {
          server: stage.server,
          close: async () => {
            await stage.close();
            if (held && !program.isBroken && (await program.restore())) this.#giveBack(key, program);
            else await this.#stop(program);
          },
        },
      };
    } catch (error) {
      await this.#stop(program);
      throw error;
    }
  }

  #giveBack(key: string, program: SharedProgram): void {
    this.#free.set(key, [...(this.#free.get(key) ?? []), program]);
  }

  async #stop(program: SharedProgram): Promise<void> {
    this.#started.delete(program);
    await program.close();
  }
}

/** Only cases that start their program in the same way, and meet it in the same way, take turns on it. */
function keyOf(item: Case, manner: Manner): string {
  return JSON.stringify([item.role, item.sharedBy, item.setup(), [...manner].sort()]);
}

function startShared(item: Case, context: Context): Promise<SharedProgram> {
  return item.role === 'tracker' ? SharedTracker.start(item, context) : SharedPeer.start(context);
}
