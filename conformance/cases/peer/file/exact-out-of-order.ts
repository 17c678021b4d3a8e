import type { PeerSetup } from '../../../stage/peer-stage.ts';
import { grant } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import type { Reply } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';

/** Of several requests in flight, the earlier ones are answered later. */
const answersAfterMs = [240, 180, 120, 60];

function answeringOutOfOrder(): PeerSetup {
  const blocks = sampleBlocks(16);
  let requests = 0;
  const block = (index: number): Reply => grant(index, blocks, answersAfterMs[requests++ % answersAfterMs.length] ?? 0);
  return { blocks, peers: [], tracker: { initialBlocks: [], block }, window: 4 };
}

export const exactFileCases = [
  peerCase(
    'peer.file.exact/answers-out-of-order',
    'The tracker answers later requests before earlier ones, if several are in flight: the subject writes the file, byte for byte.',
    (peer) => peer.complete({ file: 'contents', judgesFile: true }),
    { setup: answeringOutOfOrder, needs: [keyCases.writesContents] },
  ),
];
