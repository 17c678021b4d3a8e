import { setTimeout as pause } from 'node:timers/promises';
import { peerCase, trackerCase, type Case } from '../case.ts';
import { expectEqual, expectPeerIds, expectSuccess } from '../../wire/expect.ts';
import { refusingPeer } from '../../stage/scripted-peer.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { readAnswer } from '../../wire/client.ts';
import { cutAt, unitsOf } from '../../wire/cuts.ts';
import { basic } from './server-case.ts';
import { neverIdleWithinMs } from '../../time-limits.ts';

/** Characters of two, three and four bytes, and escapes of every length, as they stand in a JSON string. */
const spelt = 'é語\u{1f600}\\u00e9\\u8a9e\\ud83d\\ude00\\"\\\\';
const oddId = JSON.parse(`"${spelt}"`) as string;

/** So many connections wait for their second segment at once: any server bears them (wire.idle.serves-others). */
const sideBySide = 8;
/** Between two segments, so that each comes in a read of its own. */
const betweenSegmentsMs = 50;

interface Cut {
  readonly at: number;
  readonly where: string;
}

/** Every place inside a character of several bytes or an escape, and the one before the closing brace. */
function cutsOf(request: string): Cut[] {
  const inside = unitsOf(request).flatMap(({ text, at, sizeBytes }) =>
    Array.from({ length: sizeBytes - 1 }, (_, n) => ({ at: at + n + 1, where: `after byte ${n + 1} of ${text}` })),
  );
  return [...inside, { at: Buffer.byteLength(request) - 1, where: 'before its closing brace' }];
}

/** Sends the request in pieces, each after a pause, and leaves the stream open: it must be granted. */
async function expectGranted(
  { client, context }: ServerStage,
  pieces: readonly Buffer[],
  pauseMs: number,
  what: string,
): Promise<void> {
  const { transcript } = context;
  const connection = await client.open();
  const startMs = transcript.nowMs();
  for (const [n, piece] of pieces.entries()) {
    if (n > 0 && transcript.nowMs() - startMs < neverIdleWithinMs / 2) await pause(pauseMs);
    await connection.send(piece);
  }
  const sendingMs = transcript.nowMs() - startMs;
  const answer = await readAnswer(connection);
  // On a busy machine the sending may take long, and a server may close a connection with half a request (wire.idle.may-close).
  if (sendingMs > neverIdleWithinMs && answer.value === undefined && !answer.malformed) return;
  expectSuccess(answer, `success for ${what}`);
  connection.close();
}

/** The same request byte by byte, and then in two segments on a connection for each place to cut it at. */
async function expectGrantedHoweverCut(server: ServerStage, request: string): Promise<void> {
  const bytes = Buffer.from(request);
  await expectGranted(server, cutAt(bytes, [...bytes.keys()].slice(1)), 1, `${request}, which came byte by byte`);
  const cuts = cutsOf(request);
  for (let n = 0; n < cuts.length; n += sideBySide) {
    await Promise.all(
      cuts.slice(n, n + sideBySide).map(async ({ at, where }) => {
        await expectGranted(server, cutAt(bytes, [at]), betweenSegmentsMs, `${request}, cut ${where}`);
      }),
    );
  }
}

export const wireSegmentCases: Case[] = [
  trackerCase(
    'wire.server.acts-on-closing-brace/tracker-every-cut',
    'Registrations come byte by byte, and cut at every place inside a character or an escape of the peer_id: success, and others are given the very id.',
    async (tracker) => {
      await expectGrantedHoweverCut(tracker, `{"action":"register","peer_id":"${spelt}","listen_port":20001}`);
      expectEqual(expectPeerIds(await tracker.getPeers(tracker.known)), [oddId], 'the ids of the peers listed');
    },
    { needs: [basic.tracker] },
  ),

  peerCase(
    'wire.server.acts-on-closing-brace/peer-every-cut',
    'Block requests come byte by byte, and cut at every place inside a character or an escape of the sender_id: the sender is known, and gets the block.',
    async (peer) => {
      await peer.ready();
      await expectGrantedHoweverCut(peer, `{"action":"request_block","sender_id":"${spelt}","block_index":0}`);
    },
    {
      setup: () => ({ peers: [refusingPeer(oddId, [2, 3])] }),
      needs: ['peer.request-block.serves/initial-block'],
    },
  ),
];
