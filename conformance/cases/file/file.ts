import { paperIntervals } from '../../../launch/manifest/timing.ts';
import { placeholdersPassedTo } from '../../../launch/manifest/passed-placeholders.ts';
import type { Manifest } from '../../../schemas/types.ts';
import { peerCase } from '../case.ts';
import { grant } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { PeerSetup } from '../../stage/peer-stage.ts';
import { Violation } from '../../violation.ts';
import { unitsOf } from '../../wire/cuts.ts';
import { field } from '../../wire/message.ts';
import type { Reply } from '../../wire/scripted-server.ts';
import { goingOn } from '../peer/connections.ts';
import { asksForBlockWithinMs, readsSlowlyExtraMs } from '../../time-limits.ts';

const longestPaceMs = 50; // a thousand blocks within a minute

const enoughAsked = 8;
const ALONE = 'peer.tracker-last.nobody-has/alone';

/** A tracker that gives every block. */
const generous = (blocks: readonly string[]): NonNullable<PeerSetup['tracker']> => ({
  initialBlocks: [],
  block: (index) => grant(index, blocks),
});

const alone = (blocks: readonly string[]): PeerSetup => ({ blocks, peers: [], tracker: generous(blocks) });

const files: readonly { name: string; what: string; blocks: readonly string[] }[] = [
  { name: 'one-block', what: 'one block', blocks: sampleBlocks(1) },
  { name: 'empty-blocks', what: 'more blocks than characters', blocks: ['', 'a', '', 'b', '', ''] },
  { name: 'empty-file', what: 'nothing but empty blocks', blocks: ['', '', ''] },
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

const oddText = 'é語\u{1f600}';

/** The scripted servers answer in another manner, with the same content: a text with characters of two to four bytes. */
const answering = (transformReply: (reply: Reply) => Reply): PeerSetup => {
  const blocks = sampleBlocks(6).map((text) => `${oddText} "} ${oddText} \\ ${text}`);
  return {
    blocks,
    peers: [{ id: 'ana', holds: new Set([2, 3, 4, 5]), transformReply }],
    tracker: { initialBlocks: [0, 1], block: (index) => grant(index, blocks), transformReply },
  };
};

/** Fields that some languages have on every object; what is in `__proto__` is no field of the message. */
const inherited = JSON.parse(
  '{"toString":null,"__proto__":{"status":"error","encoding":"none","initial_blocks_data":{"0":"x"}}}',
) as object;

/** Why a thousand blocks cannot be waited for, if a program that cannot be told its pace takes long for each. */
function tooSlowForAThousand(manifest: Manifest): string | undefined {
  const told = placeholdersPassedTo('peer', manifest);
  const blockMs = manifest.timing?.blockMs ?? paperIntervals.paceMs;
  if (told.has('pace_ms') || told.has('pace_s') || blockMs <= longestPaceMs) return undefined;
  return `at its own pace, ${blockMs} ms a block, a thousand blocks take too long`;
}

export const peerFileCases = [
  peerCase(
    'peer.file.exact/from-a-peer',
    'One peer and the tracker have every block: the file is right, byte for byte.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        return { blocks, peers: [{ id: 'ana', holds: new Set(blocks.keys()) }], tracker: generous(blocks) };
      },
      needs: goingOn,
    },
  ),

  ...files.map(({ name, what, blocks }) =>
    peerCase(
      `peer.file.exact/${name}`,
      `The file has ${what}: it is right, byte for byte.`,
      (peer) => peer.complete(),
      {
        setup: () => alone(blocks),
        needs: [ALONE],
      },
    ),
  ),

  peerCase(
    'peer.file.exact/1000-blocks',
    'The file has a thousand blocks: it is right, byte for byte.',
    (peer) => peer.complete(),
    { setup: () => alone(sampleBlocks(1_000)), needs: [ALONE], inapplicable: tooSlowForAThousand },
  ),

  peerCase(
    'file.initial-blocks.fetched/two',
    'Two blocks are designated, without their data, and a peer has them too: the tracker is asked for both.',
    async (peer) => {
      await peer.complete();
      const asked = peer.tracker.seen('request_block_tracker').map(({ body }) => field(body, 'block_index'));
      const missing = [0, 1].filter((index) => !asked.includes(index));
      if (missing.length > 0) {
        throw new Violation(
          'request_block_tracker for the designated blocks 0 and 1',
          `none for ${missing.join(' and ')}`,
        );
      }
    },
    {
      setup: () => ({ peers: [{ id: 'ana', holds: new Set([0, 1, 2, 3, 4, 5, 6, 7]) }] }),
      needs: ['peer.file.exact/from-a-peer', 'file.initial-data.not-needed/every-block-designated'],
    },
  ),

  peerCase(
    'file.initial-data.not-needed/every-block-designated',
    'Every block is designated, none has its data in the answer to the registration: the file is right.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(5);
        return { ...alone(blocks), tracker: { ...generous(blocks), initialBlocks: [4, 2, 0, 1, 3] } };
      },
    },
  ),

  peerCase(
    'wire.client.reads-to-closing-brace/cut-inside',
    'All answers are cut after their first byte, inside characters and escapes, and before their closing brace: the download completes.',
    (peer) => peer.complete(),
    {
      setup: () =>
        answering((reply) => {
          if (reply.kind !== 'message') return reply;
          // The text comes twice, as it is and escaped.
          const [before, ...after] = JSON.stringify(reply.message).split(oddText);
          const escaped = after.join(spellOut(oddText).slice(1, -1));
          const json = after.length === 0 ? `${before}` : `${before}${oddText}${escaped}`;
          const bytes = Buffer.from(json);
          const inside = unitsOf(json).map(({ at, sizeBytes }) => at + sizeBytes / 2);
          return { kind: 'raw', bytes, cutAt: [1, ...inside.map(Math.floor), bytes.length - 1] };
        }),
      needs: [ALONE],
    },
  ),

  peerCase(
    'wire.client.reads-to-closing-brace/stream-stays-open',
    'The servers do not close after an answer: the download completes, as an answer ends with its closing brace.',
    (peer) => peer.complete(),
    {
      setup: () => answering((reply) => (reply.kind === 'message' ? { ...reply, staysOpen: true } : reply)),
      needs: [ALONE],
    },
  ),

  peerCase(
    'wire.fields.client-ignores-unknown/in-every-answer',
    'All answers have fields that the protocol does not know: the download completes.',
    (peer) => peer.complete(),
    {
      setup: () =>
        answering((reply) =>
          reply.kind === 'message'
            ? { ...reply, message: { note: 'é', action: 'x', ...reply.message, constructor: [1], ...inherited } }
            : reply,
        ),
      needs: [ALONE],
    },
  ),

  peerCase(
    'wire.message.any-spelling/peer-as-client',
    'All answers have every character escaped and white space everywhere: the download completes.',
    (peer) => peer.complete(),
    {
      setup: () =>
        answering((reply) =>
          reply.kind === 'message' ? { kind: 'raw', bytes: Buffer.from(`\r\n ${spellOut(reply.message)}\n`) } : reply,
        ),
      needs: [ALONE],
    },
  ),

  peerCase(
    'wire.size.client-takes-any-response/16-mib-block',
    'The file is one block of 16 MiB: it is right, byte for byte.',
    // Who reads by small pieces and tries to parse after each takes very long, and gets there; who cannot asks again and again.
    (peer) =>
      peer.complete({
        extraMs: readsSlowlyExtraMs,
        isHopeless: () => peer.tracker.seen('request_block_tracker').length > enoughAsked,
      }),
    {
      setup: () =>
        alone([
          sampleBlocks(1)
            .join('')
            .repeat(1 + (16 << 20) / 40)
            .slice(0, 16 << 20),
        ]),
      needs: [ALONE, 'wire.client.reads-to-closing-brace/cut-inside'],
    },
  ),

  peerCase(
    'wire.size.client-takes-any-response/10000-blocks',
    'N is 10,000 and one peer says that it has every block: it is asked for one of them.',
    async (peer) => {
      const asked = (): boolean => peer.peer('ana').seen('request_block').length > 0;
      await peer.until(
        asked,
        asksForBlockWithinMs(peer.context.timing),
        'a request for a block that ana says she has',
        () => 'none',
      );
    },
    {
      setup: () => ({
        blocks: Array.from({ length: 10_000 }, () => 'x'),
        peers: [{ id: 'ana', holds: new Set(Array.from({ length: 10_000 }).keys()) }],
        tracker: { initialBlocks: [] },
      }),
      needs: ['peer.file.exact/from-a-peer'],
    },
  ),
];

/** A message with every character of its strings escaped and white space between all of its parts. */
function spellOut(value: unknown): string {
  if (typeof value === 'string') {
    const units = Array.from({ length: value.length }, (_, i) => value.charCodeAt(i).toString(16).padStart(4, '0'));
    return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
  }
  if (Array.isArray(value)) return `[ ${value.map(spellOut).join(' ,\t')}\n]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{\r\n${Object.entries(value)
    .map(([key, field]) => `${spellOut(key)} : ${spellOut(field)}`)
    .reverse()
    .join(' , ')} }`;
}
