import { setTimeout as pause } from 'node:timers/promises';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import type { ServerStage } from '../../../stage/server-stage.ts';
import { answersUnderLoadWithinMs } from '../../../time-limits.ts';
import { Inapplicable, Violation } from '../../../violation.ts';
import { readAnswer } from '../../../wire/client.ts';
import { expectAnswer, expectEqual } from '../../../wire/expect.ts';
import { requestBlock, requestBlockTracker } from '../../../wire/requests.ts';
import { peerCase, trackerCase, type Case } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { serverCases, validText } from '../../server-case.ts';
import { expectClosed } from '../exchange.ts';

/** More than the buffers of two sockets hold, so that the server is still sending when more bytes arrive. */
const largeBytes = 16 << 20;
const meanwhileMs = 300;
const largeText = (): string => 'um texto longo. '.repeat(largeBytes / 16);

/**
 * A server that has read what had arrived may still close just before the next segment arrives, so that some of the connections
 * are reset. One that reads nothing more resets all of them. The rest is sent at once: no server can always be faster than that.
 */
const tries = 8;

async function expectNotAlwaysReset(server: ServerStage, rest: string, what: string): Promise<void> {
  for (let n = 0; n < tries; n += 1) {
    const connection = await server.client.open();
    await Promise.all([connection.send(validText(server)), connection.send(rest)]);
    expectAnswer(await readAnswer(connection), `an answer to a request with ${what} after it`);
    await expectClosed(connection);
    if (connection.ending === 'closed') return;
  }
  throw new Violation(`connections that are closed although ${what} follows the request`, `${tries} resets`);
}

/** Asks for a large block, sends more while it is on its way, and reads it only then. */
async function expectLargeBlockWhole(server: ServerStage, request: object): Promise<void> {
  const connection = await server.client.open();
  connection.stopReading();
  await connection.send(JSON.stringify(request));
  await pause(meanwhileMs);
  if (connection.received.length >= largeBytes) throw new Inapplicable('the block was sent too soon');
  await connection.send('\n');
  await pause(meanwhileMs);
  connection.goOnReading();
  expectAnswer(
    await readAnswer(connection, 0, answersUnderLoadWithinMs),
    'the whole block, although a newline arrives while it is sent',
  );
  await expectClosed(connection);
  expectEqual(connection.ending, 'closed', 'the connection to be');
}

const drains = (role: string): string[] => [`wire.exchange.drains-before-close/${role}`];

export const drainsBeforeCloseCases: Case[] = [
  ...serverCases(
    'wire.exchange.drains-before-close',
    'segment-of-its-own',
    'A newline follows the request in a segment of its own: the answer arrives whole, and no reset follows it each time.',
    (server) => expectNotAlwaysReset(server, '\n', 'a newline in a segment of its own'),
    { needs: drains, sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.exchange.drains-before-close',
    '200-kb',
    '200 KB of white space follow the request: the answer arrives whole, and no reset follows it each time.',
    (server) => expectNotAlwaysReset(server, ' '.repeat(200_000), '200 KB of white space'),
    { needs: drains, sharedBy: 'requests' },
  ),

  trackerCase(
    'wire.exchange.drains-before-close/tracker-while-it-sends',
    'A newline arrives while the tracker sends a block of 16 MiB: the block arrives whole, and no reset follows it.',
    (tracker) => expectLargeBlockWhole(tracker, requestBlockTracker(tracker.known, 0)),
    {
      setup: () => ({ file: Buffer.from(largeText()), blocks: 1 }),
      needs: [...drains('tracker'), 'tracker.block.serves/large'],
    },
  ),

  peerCase(
    'wire.exchange.drains-before-close/peer-while-it-sends',
    'A newline arrives while the peer sends a block of 16 MiB: the block arrives whole, and no reset follows it.',
    async (peer) => {
      if ((await peer.grants(peer.client, peer.known, 0)) === undefined)
        throw new Inapplicable('the peer grants no block of 16 MiB');
      await expectLargeBlockWhole(peer, requestBlock(peer.known, 0));
    },
    {
      setup: () => ({ blocks: [largeText(), ...sampleBlocks(3)], tracker: { initialBlocks: [0] } }),
      needs: [...drains('peer'), keyCases.serves.peer],
    },
  ),
];
