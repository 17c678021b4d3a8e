import { metadata } from '../../../manner/registration-offers.ts';
import type { PeerSetup, PeerStage } from '../../../stage/peer-stage.ts';
import { readOutput } from '../../../stage/completion/output.ts';
import { describeExit } from '../../../stage/program-exit.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { fileIsSettledAfterMs, finishesWithinMs, repeatsWithinMs } from '../../../time-limits.ts';
import { Violation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { field } from '../../../wire/message.ts';
import { haveBlocksInfo } from '../../../wire/requests.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex, noOtherPeer } from '../../swarms.ts';

const pollMs = 100;

/** The same hash with another digit at this place. */
function withOtherDigit(hash: string, at: number): string {
  return hash.slice(0, at) + (hash[at] === '0' ? '1' : '0') + hash.slice(at + 1);
}

/** Where the hashes of blocks 0 to 3 have a wrong digit. */
const wrongDigits = [63, 0, 31, 8];

function withWrongDigits(): PeerSetup {
  const swarm = noOtherPeer(sampleBlocks(5));
  const { block_sha256, ...rest } = metadata(swarm.blocks);
  const hashes = block_sha256.map((hash, index) => {
    const at = wrongDigits[index];
    return at === undefined ? hash : withOtherDigit(hash, at);
  });
  return { ...swarm, tracker: { ...swarm.tracker, registerExtras: { ...rest, block_sha256: hashes } } };
}

/** Throws a violation if the subject has taken its file for complete. */
async function expectNoFile(peer: PeerStage, why: string): Promise<void> {
  const { outputPath, exit } = peer.program;
  const output = outputPath === undefined ? undefined : await readOutput(outputPath);
  if (output === undefined && exit?.code !== 0) return;
  const actual = output === undefined ? 'no file' : `a file of ${output.length} bytes`;
  throw new Violation(`no file, as ${why}`, `${actual}; ${describeExit(peer.program)}`);
}

/** Throws a violation if the subject says that it has a block whose hash is not the right one. */
async function expectNoneTaken(peer: PeerStage): Promise<void> {
  const info = field((await peer.client.ask(haveBlocksInfo(peer.known))).value, 'blocks_info');
  const taken = wrongDigits.map((_, index) => index).filter((index) => Array.isArray(info) && info[index] === true);
  if (taken.length === 0) return;
  throw new Violation(
    'blocks_info without blocks whose SHA-256 differs in one digit from the one in the registration',
    `${show(taken)} among its blocks`,
  );
}

export const metadataCheckedWholeCases = [
  peerCase(
    'file.metadata.checked/one-digit',
    'The hashes of four of five blocks have one wrong digit, the first, the last or one between: the subject does not take these blocks.',
    async (peer) => {
      const { timing, transcript } = peer.context;
      const deadlineMs = transcript.nowMs() + repeatsWithinMs(timing, 2);
      const requests = (index: number): number =>
        peer.tracker.read('request_block_tracker').filter((request) => blockIndex(request) === index).length;
      // A second request shows that the first answer was not taken.
      const isOver = (): boolean => wrongDigits.every((_, index) => requests(index) > 1);
      while (!isOver() && peer.program.exit === undefined && transcript.nowMs() < deadlineMs) {
        await expectNoneTaken(peer);
        await transcript.watch.until(() => peer.program.exit !== undefined, pollMs);
      }
      if (peer.program.exit === undefined) await expectNoneTaken(peer);
      await expectNoFile(peer, 'four blocks do not have their SHA-256');
    },
    { setup: withWrongDigits, needs: [keyCases.writesContents], endsProgram: true },
  ),

  peerCase(
    'file.metadata.checked/whole-file',
    'Each block has its hash, but all of them make a byte less than the size of the file: the subject does not take its file for complete.',
    async (peer) => {
      const { timing, transcript } = peer.context;
      const hasAll = (): boolean =>
        new Set(peer.tracker.read('request_block_tracker').map(blockIndex)).size === peer.blocks.length;
      const isOver = (): boolean => peer.program.exit !== undefined;
      await transcript.watch.until(() => hasAll() || isOver(), finishesWithinMs(timing, peer.blocks.length));
      await transcript.watch.until(isOver, fileIsSettledAfterMs);
      await expectNoFile(peer, 'its size is not the one in the registration');
    },
    {
      setup: () => {
        const swarm = noOtherPeer(sampleBlocks(3));
        const { file_size, ...rest } = metadata(swarm.blocks);
        return { ...swarm, tracker: { ...swarm.tracker, registerExtras: { ...rest, file_size: file_size + 1 } } };
      },
      needs: [keyCases.writesContents],
      endsProgram: true,
    },
  ),
];
