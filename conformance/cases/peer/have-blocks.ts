import type { PeerStage } from '../../stage/peer-stage.ts';
import { withhold } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { refusingPeer, type PeerScript } from '../../stage/scripted-peer.ts';
import type { PeerServerStage } from '../../stage/server-stage.ts';
import { finishesWithinMs } from '../../time-limits.ts';
import { TimedViolation, Violation } from '../../violation.ts';
import { expectConforms, expectEqual, expectSuccess, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { haveBlocksInfo } from '../../wire/requests.ts';
import { peerCase, rootCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { answerNeeds } from '../server-case.ts';
import { blockIndex } from '../swarms.ts';
import { expectGranted } from './request-block.ts';

async function blocksInfo(peer: PeerStage): Promise<unknown[]> {
  const message = expectSuccess(await peer.client.ask(haveBlocksInfo(peer.known)));
  const info = field(message, 'blocks_info');
  if (!Array.isArray(info)) throw new Violation('a list blocks_info', show(message));
  return info as unknown[];
}

async function expectInfo(peer: PeerServerStage): Promise<void> {
  expectSuccess(await peer.client.ask(haveBlocksInfo(peer.known)));
}

async function expectInfoShape(peer: PeerServerStage): Promise<void> {
  const message = expectSuccess(await peer.client.ask(haveBlocksInfo(peer.known)));
  expectConforms(message, 'have_blocks_info.response');
  if (peer.subjectId !== undefined) expectEqual(field(message, 'peer_id'), peer.subjectId, 'peer_id');
  const info = field(message, 'blocks_info');
  expectEqual(Array.isArray(info) ? info.length : show(info), peer.blockCount, 'a list blocks_info of length');
}

const pollMs = 100;

const rationMs = 1_000;
const blockCount = 40;

/** A peer that holds every block and grants one a second, so that the subject's set of blocks changes slowly. */
function slowlyGranting(id: string): PeerScript {
  let nextMs = 0;
  return {
    id,
    holds: new Set(Array.from({ length: blockCount }).keys()),
    specialReply: ({ action, body }) => {
      if (action !== 'request_block') return undefined;
      if (performance.now() < nextMs) return withhold(field(body, 'block_index'), 'Choked or block unavailable');
      nextMs = performance.now() + rationMs;
      return undefined;
    },
  };
}

export const haveBlocksCases = [
  peerCase('peer.have-blocks.shape/success', 'A known peer asks which blocks the subject has: success.', expectInfo, {
    needs: [rootCase.peer, ...answerNeeds('peer', 'have_blocks_info')],
    running: expectInfo,
  }),

  peerCase(
    'peer.have-blocks.shape/at-start',
    'A known peer asks which blocks the subject has: success, the peer_id of the subject, and N booleans.',
    expectInfoShape,
    { needs: [keyCases.answersRead.peer], running: expectInfoShape },
  ),

  peerCase(
    'peer.have-blocks.truth/two-of-eight',
    'The subject has blocks 0 and 1 of 8: it serves both, and its blocks_info has exactly these two.',
    async (peer) => {
      for (const index of [0, 1]) await expectGranted(peer, index);
      const info = await blocksInfo(peer);
      expectEqual(
        info,
        peer.blocks.map((_, index) => index < 2),
        'blocks_info',
      );
    },
    { needs: ['peer.have-blocks.shape/at-start', keyCases.answersRead.peer, keyCases.grants.peer] },
  ),

  peerCase(
    'peer.have-blocks.truth/empty-block',
    'The subject has two blocks, one of them empty: its blocks_info has both.',
    async (peer) => {
      const { timing, transcript } = peer.context;
      const right = show(peer.blocks.map((_, index) => index < 2));
      const deadlineMs = transcript.nowMs() + finishesWithinMs(timing, 2);
      let info = show(await blocksInfo(peer));
      while (info !== right && transcript.nowMs() < deadlineMs && peer.program.exit === undefined) {
        await transcript.watch.until(() => peer.program.exit !== undefined, pollMs);
        info = show(await blocksInfo(peer));
      }
      if (info !== right) throw new TimedViolation(`blocks_info ${right} with blocks 0 and 1`, info);
    },
    {
      setup: () => ({ blocks: sampleBlocks(8).map((text, index) => (index === 1 ? '' : text)) }),
      needs: ['peer.have-blocks.truth/two-of-eight'],
    },
  ),

  peerCase(
    'peer.have-blocks.shape/10000-blocks',
    'N is 10,000, and a known peer asks which blocks the subject has: 10,000 booleans.',
    expectInfoShape,
    {
      setup: () => ({ blocks: Array.from({ length: 10_000 }, () => 'x'), peers: [refusingPeer('ana', [9_999])] }),
      needs: ['peer.have-blocks.shape/at-start'],
    },
  ),

  peerCase(
    'peer.have-blocks.truth/one-more',
    'A peer asks which blocks the subject has, the subject gets another one, and the peer asks again: blocks_info has the new block, too.',
    async (peer) => {
      const ana = peer.peer('ana');
      const { client } = ana;
      const heldNow = async (): Promise<boolean[]> =>
        field(expectSuccess(await client.ask(haveBlocksInfo('ana'))), 'blocks_info') as boolean[];
      const before = await heldNow();
      const newBlock = (): number | undefined =>
        ana
          .seen('request_block')
          .filter(({ answer }) => field(answer, 'status') === 'success')
          .map(blockIndex)
          .find((index) => before[index] !== true);
      await peer.until(
        () => newBlock() !== undefined,
        finishesWithinMs(peer.context.timing, 2),
        'a request for a block to ana',
        () => 'none',
      );
      const index = newBlock() ?? 0;
      await peer.expectGrant(client, 'ana', index, `block ${index}, which ana granted it, for ana`);
      expectEqual((await heldNow())[index], true, `block ${index}, which it has just served, in blocks_info`);
    },
    {
      setup: () => ({ blocks: sampleBlocks(blockCount), peers: [slowlyGranting('ana')] }),
      needs: [keyCases.asksHolder, 'peer.have-blocks.truth/two-of-eight', keyCases.downloadsFromPeer],
    },
  ),
];
