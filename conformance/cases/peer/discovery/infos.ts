import type { PeerStage } from '../../../stage/peer-stage.ts';
import { asksForInfosWithinMs } from '../../../time-limits.ts';
import { show } from '../../../wire/expect.ts';
import type { SeenRequest } from '../../../wire/scripted-server.ts';

/** The have_blocks_info that the subject has sent to a scripted peer. */
export const infosAsked = (peer: PeerStage, id: string): SeenRequest[] => peer.peer(id).seen('have_blocks_info');

/** Waits until the subject has asked these scripted peers for their blocks; by default all. */
export async function untilAllAsked(peer: PeerStage, ids = peer.peers.map(({ id }) => id)): Promise<void> {
  for (const id of ids) {
    await peer.until(
      () => infosAsked(peer, id).length > 0,
      asksForInfosWithinMs(peer.context.timing),
      `a have_blocks_info to ${show(id)}`,
      () => `none; the subject has sent ${show(peer.requests().map(({ action, to }) => `${action} to ${to}`))}`,
    );
  }
}
