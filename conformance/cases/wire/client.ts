import { unitsOf } from '../../wire/cuts.ts';
import type { Reply } from '../../wire/scripted-server.ts';
import { peerCase } from '../case.ts';
import { multiByteText, readsAnyText, transformedReplies } from '../swarms.ts';
import { fullyEscaped } from './spelling.ts';

/** Cuts a reply after its first byte, inside every character of several bytes and every escape, and before its last byte. */
function cutInside(reply: Reply): Reply {
  if (reply.kind !== 'message') return reply;
  // Each block has the text twice: the first stays as it is, the others are escaped.
  const [before, ...after] = JSON.stringify(reply.message).split(multiByteText);
  const escaped = after.join(fullyEscaped(multiByteText).slice(1, -1));
  const json = after.length === 0 ? `${before}` : `${before}${multiByteText}${escaped}`;
  const bytes = Buffer.from(json);
  const inside = unitsOf(json).map(({ at, sizeBytes }) => at + sizeBytes / 2);
  return { kind: 'raw', bytes, cutAt: [1, ...inside.map(Math.floor), bytes.length - 1] };
}

/** Cuts a reply after each closing brace but the last. */
function cutAtInnerBraces(reply: Reply): Reply {
  if (reply.kind !== 'message') return reply;
  const bytes = Buffer.from(JSON.stringify(reply.message));
  const cuts = [...bytes.keys()].filter((at) => bytes[at] === 0x7d).map((at) => at + 1);
  return { kind: 'raw', bytes, cutAt: cuts.slice(0, -1) };
}

export const clientReadsCases = [
  peerCase(
    'wire.client.reads-to-closing-brace/cut-inside',
    'All answers are cut after their first byte, inside characters and escapes, and before their closing brace: the download completes.',
    (peer) => peer.complete({ file: 'contents' }),
    { setup: () => transformedReplies(cutInside), needs: readsAnyText },
  ),

  peerCase(
    'wire.client.reads-to-closing-brace/stream-stays-open',
    'The servers keep the connection open after an answer: the closing brace ends the answer, and the download completes.',
    (peer) => peer.complete(),
    {
      setup: () => transformedReplies((reply) => (reply.kind === 'message' ? { ...reply, staysOpen: true } : reply)),
      needs: readsAnyText,
    },
  ),

  peerCase(
    'wire.client.reads-to-closing-brace/cut-at-inner-braces',
    'All answers are cut after each brace inside them, in blocks and in entries of peers: the download completes.',
    (peer) => peer.complete({ file: 'contents' }),
    {
      setup: () => transformedReplies(cutAtInnerBraces),
      needs: ['wire.client.reads-to-closing-brace/cut-inside', 'wire.message.unframed/peer-as-client'],
    },
  ),
];
