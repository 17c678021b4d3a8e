/** A clause, or one for each role of the program that deviates. */
type ClauseIds = string | { readonly tracker: string; readonly peer: string };

interface Deviation {
  readonly clause: ClauseIds;
  /** What the clause asks for, as a noun phrase. */
  readonly expected: string;
  /** What came instead, as a noun phrase. */
  readonly what: string;
}

/** The deviations that the suite reads past, each with the clause that it breaks. */
const deviations = {
  'byte-order-mark': {
    clause: 'wire.message.one-object',
    expected: 'messages without a byte order mark',
    what: 'a byte order mark in front of a message',
  },
  'latin-1': {
    clause: 'wire.message.one-object',
    expected: 'messages in UTF-8',
    what: 'bytes that are Latin-1 and not UTF-8',
  },
  'raw-control-character': {
    clause: 'wire.message.one-object',
    expected: 'messages that are JSON',
    what: 'control characters that stand in a string without being escaped',
  },
  'bytes-after': {
    clause: 'wire.message.one-object',
    expected: 'nothing after the closing brace of a message',
    what: 'bytes after the closing brace',
  },
  'bytes-before': {
    clause: 'wire.message.unframed',
    expected: 'messages that begin with {',
    what: 'bytes before the opening brace',
  },
  'status-spelling': {
    clause: 'wire.response.status',
    expected: 'status "success" or "error"',
    what: 'another spelling of the status',
  },
  'response-action': {
    clause: 'wire.response.no-action',
    expected: 'responses without a field action',
    what: 'a response with a field action',
  },
  'block-index': {
    clause: { tracker: 'tracker.block.serves', peer: 'peer.request-block.serves' },
    expected: 'block_index as an int',
    what: 'a block_index that is a string',
  },
  'peer-entry': {
    clause: 'tracker.peers.entry',
    expected: 'entries with peer_id and ip, which are strings, and port, which is an int',
    what: 'entries of peers with another name or type of a field',
  },
  'initial-blocks': {
    clause: 'file.initial-blocks.distinct',
    expected: 'initial_blocks as ints',
    what: 'initial_blocks that are strings',
  },
  'blocks-info': {
    clause: 'peer.have-blocks.shape',
    expected: 'blocks_info as a list of booleans',
    what: 'blocks_info that is no list of booleans',
  },
  file: {
    clause: 'peer.file.exact',
    expected: 'the original file',
    what: 'a file that is not the original',
  },
  'other-id': {
    clause: 'peer.requests.own-id',
    expected: 'requests under the id that the peer registered with',
    what: 'a request under another id',
  },
  request: {
    clause: 'peer.requests.well-formed',
    expected: 'the ints of a request as ints',
    what: 'ints of a request that are strings',
  },
} as const satisfies Record<string, Deviation>;

export type DeviationKind = keyof typeof deviations;

/** A deviation in an attempt at a case. */
export interface SeenDeviation {
  readonly clause: string;
  readonly expected: string;
  /** What was seen, with an example of it. */
  readonly actual: string;
  /** For the notes of a case that was judged in spite of it. */
  readonly sentence: string;
}

/** The deviations of a program of this role that were read past. @param seen each kind, with an example that may be empty */
export function seenDeviations(seen: ReadonlyMap<DeviationKind, string>, role: 'tracker' | 'peer'): SeenDeviation[] {
  return [...seen].map(([kind, example]) => {
    const { clause: ids, expected, what }: Deviation = deviations[kind];
    const clause = typeof ids === 'string' ? ids : ids[role];
    const actual = example === '' ? what : `${what}: ${example}`;
    return { clause, expected, actual, sentence: `Judged in spite of ${what} (${clause}).` };
  });
}
