import { takesInterval } from '../../../../launch/manifest/passed-placeholders.ts';
import { paperIntervals } from '../../../../launch/manifest/timing.ts';
import type { Manifest } from '../../../../schemas/types.ts';
import type { PeerStage } from '../../../stage/peer-stage.ts';
import { reply } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import type { Reply } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { isAscii } from '../../file/blocks.ts';
import { base64Text, lacksEncoding } from '../../file/encoding.ts';
import { continuesAfterRegistration, keyCases } from '../../key-cases.ts';
import { blockIndex, noOtherPeer, trackerWithAll } from '../../swarms.ts';

/** At this pace a thousand blocks take a minute. */
const longestPaceMs = 50;

const files: readonly { name: string; what: string; blocks: readonly string[] }[] = [
  { name: 'one-block', what: 'one block', blocks: sampleBlocks(1) },
  { name: 'empty-blocks', what: 'more blocks than characters', blocks: ['', 'a', '', 'b', '', ''] },
  { name: 'empty-file', what: 'only empty blocks', blocks: ['', '', ''] },
  {
    name: 'crlf',
    what: 'CR LF, lone CR, and no final newline',
    blocks: ['um\r\n', 'dois\r', '\ntrês\n', '\n', 'quatro'],
  },
  {
    name: 'non-ascii',
    what: 'characters of two, three and four bytes',
    blocks: ['ação ', '語', ' \u{1f600}\u{1f680} ', 'é'],
  },
  {
    name: 'control-characters',
    what: 'NUL, quotes, backslashes, braces',
    blocks: ['a\u0000', '"\\', '}{', '\u2028\t', '\ufeff'],
  },
];

/** Why a thousand blocks take too long, for a program whose pace the suite cannot set; undefined if they do not. */
function tooSlowForThousandBlocks(manifest: Manifest): string | undefined {
  const blockMs = manifest.timing?.blockMs ?? paperIntervals.paceMs;
  if (takesInterval(manifest, 'pace') || blockMs <= longestPaceMs) return undefined;
  return `at its own pace, ${blockMs} ms a block, a thousand blocks take too long`;
}

/** How long a peer may take before it is judged by what it has asked for until then. */
const partAfterMs = 120_000;

/** Waits for the file or, if the subject fetches new blocks so slowly that it needs as long again, for a part of it. */
async function completeOrPart(peer: PeerStage): Promise<string | undefined> {
  const { transcript } = peer.context;
  const startedAtMs = transcript.nowMs();
  const fetched = (): number => new Set(peer.tracker.read('request_block_tracker').map(blockIndex)).size;
  const isSlow = (): boolean => {
    const count = fetched();
    return transcript.nowMs() - startedAtMs > partAfterMs && count > 1 && 2 * count < peer.blocks.length;
  };
  try {
    await peer.complete({ file: 'contents', judgesFile: true, isHopeless: isSlow });
    return undefined;
  } catch (error) {
    if (!isSlow() || peer.program.exit !== undefined) throw error;
    return `judged on a part: ${fetched()} of ${peer.blocks.length} blocks in ${partAfterMs / 1_000} s`;
  }
}

/** The reply that gives a block of text in base64, as the extension `encoding` allows if the request asks for it. */
const grantInBase64 = (index: number, blocks: readonly string[]): Reply =>
  reply({
    status: 'success',
    block_index: index,
    encoding: 'base64',
    block_data: Buffer.from(blocks[index] ?? '').toString('base64'),
  });

function expectExactFile(peer: PeerStage): Promise<void> {
  return peer.complete({ file: 'contents', judgesFile: true });
}

export const fileCases = [
  peerCase(
    'peer.file.exact/from-a-peer',
    'One peer and the tracker have every block: the subject writes the file, byte for byte.',
    (peer) => peer.complete({ judgesFile: true }),
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        return { blocks, peers: [{ id: 'ana', holds: new Set(blocks.keys()) }], tracker: trackerWithAll(blocks) };
      },
      needs: continuesAfterRegistration,
    },
  ),

  peerCase(
    'peer.file.exact/contents',
    'There is no other peer: the file that the subject writes has no other text than the blocks.',
    expectExactFile,
    { setup: () => noOtherPeer(sampleBlocks(8)), needs: [keyCases.downloadsAlone] },
  ),

  ...files.map(({ name, what, blocks }) =>
    peerCase(
      `peer.file.exact/${name}`,
      `The file has ${what}: the subject writes it, byte for byte.`,
      expectExactFile,
      {
        setup: () => noOtherPeer(blocks),
        needs: [
          name === 'control-characters' ? 'wire.message.any-spelling/peer-as-client' : keyCases.downloadsAlone,
          ...(isAscii(blocks.join('')) ? [] : [keyCases.readsNonAscii.client]),
        ],
      },
    ),
  ),

  peerCase(
    'peer.file.exact/1000-blocks',
    'The file has a thousand blocks: the subject writes it, byte for byte. One that is slow is judged by the part that it fetches in two minutes.',
    completeOrPart,
    {
      setup: () => noOtherPeer(sampleBlocks(1_000)),
      needs: [keyCases.downloadsAlone],
      inapplicable: tooSlowForThousandBlocks,
    },
  ),

  peerCase(
    'peer.file.exact/base64',
    'The tracker sends every block in base64, as the subject asked it to: the subject writes the file, byte for byte.',
    expectExactFile,
    {
      setup: () => {
        const blocks = [...sampleBlocks(3), base64Text, ''];
        return { blocks, peers: [], tracker: { initialBlocks: [], block: (index) => grantInBase64(index, blocks) } };
      },
      needs: [keyCases.downloadsAlone],
      inapplicable: lacksEncoding,
    },
  ),

  peerCase(
    'peer.file.exact/inline-data',
    'The tracker designates three blocks, not in the order of their indices, and sends their data with the registration: the subject writes the right file.',
    expectExactFile,
    {
      setup: () => {
        const blocks = sampleBlocks(6);
        const initialBlocks = [4, 1, 3];
        const initial_blocks_data = Object.fromEntries(initialBlocks.map((index) => [index, blocks[index]]));
        const registerExtras = { initial_blocks_data };
        return { ...noOtherPeer(blocks), tracker: { ...trackerWithAll(blocks), initialBlocks, registerExtras } };
      },
      needs: ['wire.fields.client-ignores-unknown/in-every-answer', keyCases.downloadsAlone],
    },
  ),
];
