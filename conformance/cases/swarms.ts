import type { PeerSetup, PeerStage } from '../stage/peer-stage.ts';
import { grant, reply } from '../stage/replies.ts';
import { sampleBlocks } from '../stage/sample-blocks.ts';
import { answerIsReadWithinMs } from '../time-limits.ts';
import { field } from '../wire/message.ts';
import type { Reply, ScriptedServer, SeenRequest } from '../wire/scripted-server.ts';

/** The block that a request names. */
export const blockIndex = ({ body }: SeenRequest): number => Number(field(body, 'block_index'));

/** A tracker that designates no initial blocks and grants every block. */
export const trackerWithAll = (blocks: readonly string[]) => ({
  initialBlocks: [] as readonly number[],
  block: (index: number) => grant(index, blocks),
});

/** The subject is the only peer. */
export const noOtherPeer = (blocks: readonly string[]) =>
  ({ blocks, peers: [], tracker: trackerWithAll(blocks) }) satisfies PeerSetup;

/**
 * One peer says it has every block and answers block requests by `answer`; the tracker grants every block. Once that peer was
 * asked, the tracker also lists one that serves them, as a subject that never asks the tracker for a refused block is for
 * another clause.
 */
export function lyingPeer(answer: (request: SeenRequest) => Reply | undefined) {
  const blocks = sampleBlocks(8);
  let wasAsked = false;
  const specialReply = (request: SeenRequest): Reply | undefined => {
    if (request.action !== 'request_block') return undefined;
    wasAsked = true;
    return answer(request);
  };
  const holds = new Set(blocks.keys());
  return {
    blocks,
    peers: [
      { id: 'lia', holds, specialReply },
      { id: 'honesta', holds, listedBy: 'get_peers' },
    ],
    tracker: {
      ...trackerWithAll(blocks),
      draw: (listed) => listed.filter(({ peer_id }) => wasAsked || peer_id === 'lia'),
    },
  } satisfies PeerSetup;
}

/** Characters of two, three and four bytes. */
export const multiByteText = 'é語\u{1f600}';

/** The cases that show that a peer takes what is in the blocks of `transformedReplies`. */
export const readsAnyText: readonly string[] = [
  'wire.message.any-spelling/peer-as-client',
  'peer.file.exact/non-ascii',
  'peer.file.exact/control-characters',
];

/** All scripted servers give their replies transformed, with the same content: a text that has `multiByteText` in each block. */
export function transformedReplies(transformReply: (reply: Reply) => Reply): PeerSetup {
  const blocks = sampleBlocks(6).map((text) => `${multiByteText} "} ${multiByteText} \\ ${text}`);
  return {
    blocks,
    peers: [{ id: 'ana', holds: new Set([2, 3, 4, 5]), transformReply }],
    tracker: { initialBlocks: [0, 1], block: (index) => grant(index, blocks), transformReply },
  };
}

/** Slow enough that several requests to the same server are sent together, and fast enough not to delay the download. */
const answerAfterMs = 40;

/** All scripted servers close a connection after so many answers; they echo keep_alive if it is more than one. */
export function closingAfter(answers: number): PeerSetup {
  const blocks = sampleBlocks(8);
  const transformReply = (reply: Reply): Reply => {
    if (reply.kind !== 'message') return reply;
    const message = answers > 1 ? { ...reply.message, keep_alive: true } : reply.message;
    return { ...reply, message, closesAfter: answers };
  };
  return {
    blocks,
    peers: [
      { id: 'ana', holds: new Set([2, 3, 4]), transformReply },
      {
        id: 'bia',
        holds: new Set(),
        transformReply: (reply) => ({ ...transformReply(reply), afterMs: answerAfterMs }),
      },
    ],
    tracker: { block: (index) => grant(index, blocks), transformReply },
  };
}

const isPeerList = (reply: Reply): boolean =>
  reply.kind === 'message' && 'peers' in reply.message && !('initial_blocks' in reply.message);

/** The reply to a get_peers of a peer that the tracker takes for one that is not registered. */
export const notRegistered = reply({ status: 'error', reason: 'You are not registered' });

/** Replaces the tracker's reply to the n-th get_peers, counted from 1. */
export function replaceNthPeerList(nth: number, replacement: Reply): (reply: Reply) => Reply {
  let lists = 0;
  return (reply) => (isPeerList(reply) && ++lists === nth ? replacement : reply);
}

/** Waits until the subject has sent `times` requests, which `count` counts; throws a violation if it does not in time. */
export async function untilRepeated(
  peer: PeerStage,
  count: () => number,
  times: number,
  request: string,
  timeoutMs: number,
): Promise<void> {
  await peer.until(
    () => count() >= times,
    timeoutMs,
    `${request}, ${times} times`,
    () => `${count()} times`,
  );
}

/**
 * Waits until the subject has sent a request with this action to one of the suite's servers, and has read the answer: only then
 * can a case act on it (see `answerReadAtMs`).
 * @throws Violation if it sends none within `timeoutMs`
 */
export async function untilRead(
  peer: PeerStage,
  server: ScriptedServer,
  action: string,
  timeoutMs: number,
): Promise<void> {
  const isRead = (): boolean => server.read(action).length > 0;
  const isAnswered = (): boolean => server.seen(action).some(({ answeredAtMs }) => answeredAtMs !== undefined);
  const expected = `a ${action} to ${server.name}`;
  await peer.until(isAnswered, timeoutMs, expected, () => 'none');
  await peer.context.transcript.watch.until(() => isRead() || peer.program.exit !== undefined, answerIsReadWithinMs);
}
