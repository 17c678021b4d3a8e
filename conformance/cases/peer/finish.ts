import { readFileSync } from 'node:fs';
import type { PeerSetup, PeerStage } from '../../stage/peer-stage.ts';
import { describeExit } from '../../stage/program-exit.ts';
import { grant } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { lastBytesArriveWithinMs, leavesWithinMs } from '../../time-limits.ts';
import { TimedViolation, Violation } from '../../violation.ts';
import { show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { haveBlocksInfo } from '../../wire/requests.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { noOtherPeer } from '../swarms.ts';
import { askWholeIntervals } from './choking/whole-intervals.ts';
import { swarmOfNewPeers, untilStays, whyItDoesNotStay } from './stays/complete-swarm.ts';

/** Whether the subject has reported itself offline. */
export function saidGoodbye({ tracker, subjectId }: PeerStage): boolean {
  return tracker.seen('peer_offline').some(({ body }) => field(body, 'dead_peer_id') === subjectId);
}

async function untilExit(peer: PeerStage): Promise<void> {
  const { watch } = peer.context.transcript;
  await watch.until(() => peer.program.exit !== undefined, leavesWithinMs(peer.context.timing));
  if (peer.program.exit !== undefined) await watch.until(() => saidGoodbye(peer), lastBytesArriveWithinMs);
}

/** Throws a violation unless the subject said goodbye and exited with code 0. */
function expectLeft(peer: PeerStage): void {
  const { exit } = peer.program;
  const goodbye = saidGoodbye(peer) ? 'a goodbye' : 'no peer_offline for itself';
  if (exit?.code === 0 && saidGoodbye(peer)) return;
  throw new TimedViolation('peer_offline for itself, then exit code 0', `${goodbye}; ${describeExit(peer.program)}`);
}

/** What it answers is for other clauses. */
async function expectStays(peer: PeerStage): Promise<void> {
  const { problem } = await peer.client.ask(haveBlocksInfo(peer.known));
  if (problem !== undefined) throw new TimedViolation('a complete peer that still serves', problem);
}

/** The subject is alone, and the tracker takes its time, so that the case is ready when the subject is complete. */
function unhurried(): PeerSetup {
  const setup = noOtherPeer(sampleBlocks(3));
  return { ...setup, tracker: { ...setup.tracker, block: (index) => grant(index, setup.blocks, 150) } };
}

/** The output at the moment; empty if there is none. */
function outputNow({ program }: PeerStage): string {
  try {
    return readFileSync(program.outputPath ?? '', 'utf8');
  } catch {
    return '';
  }
}

/** Throws a violation unless the file that the subject leaves was there when it said goodbye. */
async function expectFileBeforeGoodbye(peer: PeerStage): Promise<void> {
  let atGoodbye: string | undefined;
  peer.tracker.script.transformReply = (reply) => {
    if (atGoodbye === undefined && saidGoodbye(peer)) atGoodbye = outputNow(peer);
    return reply;
  };
  await peer.complete();
  await untilExit(peer);
  const atLast = outputNow(peer);
  if (atGoodbye === undefined || atGoodbye === atLast) return;
  throw new Violation('the complete file before peer_offline', `${show(atGoodbye)} then, and ${show(atLast)} later`);
}

/** Throws a violation if the subject said goodbye, and serves its blocks. */
async function expectNoGoodbyeWhileItServes(peer: PeerStage): Promise<void> {
  await untilStays(peer);
  await askWholeIntervals(peer, 2);
  if (!saidGoodbye(peer)) return;
  if ((await peer.grants(peer.client, peer.known, 0)) === undefined) return;
  throw new Violation('no block served after peer_offline', `block 0 for ${peer.known}`);
}

export const finishCases = [
  peerCase(
    'peer.finish.stays-or-exits/after-its-file',
    'A peer is complete: as its manifest says, it either stays and serves, or sends peer_offline and exits with code 0.',
    async (peer) => {
      await peer.complete();
      const { onComplete } = peer.context.implementation.manifest.peer ?? {};
      if (onComplete !== 'stay') await untilExit(peer);
      const hasLeft = onComplete === 'exit' || peer.program.exit !== undefined;
      if (hasLeft) expectLeft(peer);
      else await expectStays(peer);
    },
    {
      setup: () => ({ peers: [{ id: 'ana', holds: new Set([2, 3, 4, 5, 6, 7]) }] }),
      needs: [keyCases.asksHolder, keyCases.downloadsFromPeer],
    },
  ),

  peerCase(
    'peer.finish.goodbye-last/after-its-file',
    'A peer that exits when it is complete says goodbye: its file is there by then.',
    expectFileBeforeGoodbye,
    {
      setup: unhurried,
      inapplicable: ({ peer }) => (peer?.onComplete === 'stay' ? 'a complete peer stays' : undefined),
      needs: ['peer.finish.stays-or-exits/after-its-file', keyCases.downloadsAlone],
    },
  ),

  peerCase(
    'peer.finish.goodbye-last/while-it-stays',
    'A peer that stays is complete, and serves another over two intervals: it has not said goodbye.',
    expectNoGoodbyeWhileItServes,
    {
      setup: () => swarmOfNewPeers(1),
      inapplicable: whyItDoesNotStay,
      needs: ['peer.finish.stays-or-exits/after-its-file', keyCases.downloadsAlone],
    },
  ),
];
