import type { Case } from '../cases/case.ts';
import type { Context } from '../stage/context.ts';
import { PeerStage } from '../stage/peer-stage.ts';
import type { ServerStage } from '../stage/server-stage.ts';
import { TrackerStage } from '../stage/tracker-stage.ts';

/** A case on its stage. */
export interface Staged {
  readonly stage: Pick<ServerStage, 'server' | 'close'>;
  readonly run: () => ReturnType<Case['run']>;
}

/** Where the servers come from that the cases of a run judge. */
export interface Servers {
  /** Why a case cannot be played on them, or undefined if it can. */
  whyNot(item: Case): string | undefined;
  /** Sets the stage of a case; rejects with a violation or with what kept it from being set. */
  stage(item: Case, context: Context): Promise<Staged>;
}

/** Each case launches its own. */
export const launchedServers: Servers = {
  whyNot: () => undefined,
  async stage(item, context) {
    if (item.role === 'tracker') {
      const stage = await TrackerStage.open(context, item.setup());
      return { stage, run: () => item.run(stage) };
    }
    const stage = await PeerStage.open(context, item.setup());
    return { stage, run: () => item.run(stage) };
  },
};
