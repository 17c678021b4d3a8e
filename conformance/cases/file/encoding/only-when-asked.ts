import type { ServerStage } from '../../../stage/server-stage.ts';
import { readAnswer } from '../../../wire/client.ts';
import { expectEqual, expectSuccess } from '../../../wire/expect.ts';
import { field } from '../../../wire/message.ts';
import { requestBlock, requestBlockTracker } from '../../../wire/requests.ts';
import { peerCase, trackerCase, type Case } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';

/** Asks for a block in base64, then as text: on the same connection if the server keeps it, and on a new one. */
async function expectTextAgain(server: ServerStage, request: object): Promise<void> {
  const connection = await server.client.open();
  await connection.send(JSON.stringify({ ...request, encoding: 'base64', keep_alive: true }));
  const first = expectSuccess(await readAnswer(connection), 'success for a block in base64');
  if (field(first, 'keep_alive') === true) {
    await connection.send(JSON.stringify(request));
    const second = expectSuccess(await readAnswer(connection, 1), 'success for the block as text');
    expectEqual(field(second, 'encoding'), undefined, 'encoding in the answer to the next request of the connection');
  }
  connection.close();
  const third = expectSuccess(await server.client.ask(request), 'success for the block as text');
  expectEqual(field(third, 'encoding'), undefined, 'encoding in the answer to a request on a new connection');
}

export const textAgainCases: Case[] = [
  trackerCase(
    'file.encoding.only-when-asked/tracker-after-base64',
    'A peer asks for a block in base64, and then names no encoding: the tracker sends it as text.',
    (tracker) => expectTextAgain(tracker, requestBlockTracker(tracker.known, 0)),
    { needs: ['file.encoding.only-when-asked/tracker', keyCases.serves.tracker], sharedBy: 'requests' },
  ),

  peerCase(
    'file.encoding.only-when-asked/peer-after-base64',
    'A peer asks for a block in base64, and then names no encoding: the subject sends it as text.',
    async (peer) => {
      await peer.ready();
      await expectTextAgain(peer, requestBlock(peer.known, 0));
    },
    { needs: ['file.encoding.only-when-asked/peer', keyCases.serves.peer] },
  ),
];
