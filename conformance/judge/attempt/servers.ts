import type { Case } from '../../cases/case.ts';
import type { Context } from '../../stage/context.ts';
import { PeerStage } from '../../stage/peer-stage.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { TrackerStage } from '../../stage/tracker-stage.ts';

/** A case on its stage. */
export interface StagedCase {
  readonly stage: Pick<ServerStage, 'server' | 'close'>;
  readonly run: () => ReturnType<Case['run']>;
}

/** The source of the servers under test. */
export interface Servers {
  /** Why a case cannot be attempted on them; undefined if it can. */
  whySkipped(item: Case): string | undefined;
  /** Sets the stage of a case. Rejects with a violation, or with the reason why the stage cannot be set. */
  stage(item: Case, context: Context): Promise<StagedCase>;
}

/** Each case launches a server of its own. */
export const launchedServers: Servers = {
  whySkipped: () => undefined,
  async stage(item, context) {
    if (item.role === 'tracker') {
      const stage = await TrackerStage.open(context, item.setup());
      return { stage, run: () => item.run(stage) };
    }
    const stage = await PeerStage.open(context, item.setup());
    return { stage, run: () => item.run(stage) };
  },
};
