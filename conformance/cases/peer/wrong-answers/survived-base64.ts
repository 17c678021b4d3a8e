import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { grant, reply } from '../../../stage/replies.ts';
import type { PeerSetup } from '../../../stage/peer-stage.ts';
import type { Reply, SeenRequest } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { lacksEncoding } from '../../file/encoding.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex, lyingPeer } from '../../swarms.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** So long that the tracker is slower than the peers to be asked, whatever the subject fetches first. */
const trackerAnswersAfterMs = 300;

/** Strings that are no padded base64 (RFC 4648 section 4), and that a lenient decoder turns into a wrong block. */
const almostBase64: readonly string[] = [
  base64('WRONG not padded').replace(/=+$/, ''),
  base64('WRONG~~~?>?>???').replaceAll('+', '-').replaceAll('/', '_'),
  base64('WRONG, a line feed').replace(/^.{8}/, '$&\n'),
  base64('WRONG, four spaces').replace(/^.{4}/, '$&    '),
  base64('WRONG, four hashes').replace(/^.{4}/, '$&####'),
  `${base64('WRONG, line feed after it')}\n`,
  `${base64('WRONG')}${base64('after the padding')}`,
  `${base64('WRONG padding')}==`,
  `${base64('WRONG and a letter').replace(/=*$/, '')}A`,
];

/** Each of these peers has one block, and gives it in its own sort of almost base64; the tracker grants every block. */
function lenientlyReadPeers(): PeerSetup {
  const blocks = sampleBlocks(almostBase64.length);
  const wrong = (index: number): Reply =>
    reply({ status: 'success', block_index: index, encoding: 'base64', block_data: almostBase64[index] });
  return {
    blocks,
    peers: almostBase64.map((_, n) => ({
      id: `lia-${n}`,
      holds: new Set([n]),
      specialReply: (request: SeenRequest) =>
        request.action === 'request_block' ? wrong(blockIndex(request)) : undefined,
    })),
    tracker: { initialBlocks: [], block: (index) => grant(index, blocks, trackerAnswersAfterMs) },
  };
}

const notBase64 = 'peer.wrong-answers.survived/not-base64';

export const survivedBase64Cases = [
  peerCase(
    'peer.wrong-answers.survived/not-base64',
    'A peer answers every block request with invalid base64: the subject still writes the right file.',
    (peer) => peer.complete({ file: 'contents' }),
    {
      setup: () =>
        lyingPeer((request) =>
          reply({
            status: 'success',
            block_index: blockIndex(request),
            block_data: '#WRONG#=',
            encoding: 'base64',
          }),
        ),
      needs: [keyCases.writesContents, 'peer.file.exact/base64'],
      inapplicable: lacksEncoding,
    },
  ),

  peerCase(
    'peer.wrong-answers.survived/almost-base64',
    'Peers answer with base64 without padding, of the URL alphabet, with white space or other characters in it, and with more after it: the subject still writes the right file.',
    (peer) => peer.complete({ file: 'contents' }),
    { setup: lenientlyReadPeers, needs: [notBase64, keyCases.downloadsFromPeer], inapplicable: lacksEncoding },
  ),
];
