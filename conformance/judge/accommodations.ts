import { clauseOf, type Case } from '../cases/case.ts';
import { keyCases } from '../cases/key-cases.ts';
import type { AccommodationId } from '../manner/manner.ts';
import type { Manifest } from '../../schemas/types.ts';

/** One way to meet a program that does not work with a sound partner. */
export interface Accommodation {
  readonly id: AccommodationId;
  readonly roles: readonly Case['role'][];
  /** What the suite does, as a noun phrase: `a newline after each request`. */
  readonly what: string;
  /** Why the program needs it, as a clause: `it acts on a request only after a newline`. */
  readonly because: string;
  /** The clause that the need breaks. Its cases are judged without the accommodation. */
  readonly clause: string;
  /** The case that fails because of the need, by the role of the program: the others are not blamed for it. */
  readonly shownBy: (role: Case['role']) => string;
  /** Tried only if the program declares this extension, since it has to ask for it. */
  readonly extension?: NonNullable<Manifest['extensions']>[number];
  /** Clauses, or single cases, that cannot be judged with it. */
  readonly unfitFor?: readonly string[];
  /** Clauses whose cases others need only for what it does itself: with it, they can be judged although these cannot. */
  readonly standsFor?: readonly string[];
  /** A program that needs it waits, and does not crash. */
  readonly neverCrashes?: true;
  /** What it changes: the requests to the program, all messages to it, or the swarm around a launched program. */
  readonly changes: 'requests' | 'messages' | 'swarm';
}

const servers = ['tracker', 'peer'] as const;
const aloneWithTracker = 'peer.tracker-last.nobody-has/one-peer-without-blocks';

/**
 * All accommodations, in the order of preference: a program that dies of its swarm may answer a request before it does, so that
 * any change of the requests seems to help.
 */
export const accommodations: readonly Accommodation[] = [
  {
    id: 'initial-data-inline',
    roles: ['peer'],
    what: 'initial_blocks_data in the answer to its registration',
    because: 'it does not work without initial_blocks_data',
    clause: 'file.initial-data.not-needed',
    shownBy: () => 'file.initial-data.not-needed/every-block-designated',
    unfitFor: ['file.initial-blocks.fetched', 'file.encoding.binary-always'],
    standsFor: ['file.initial-blocks.fetched'],
    changes: 'swarm',
  },
  {
    id: 'keep-alive-granted',
    roles: ['peer'],
    what: 'connections kept open where it asks for that',
    because: 'it does not go on after a server has closed the connection',
    clause: 'wire.keep-alive.client-goes-on',
    shownBy: () => 'wire.keep-alive.client-goes-on/after-the-registration',
    extension: 'keep_alive',
    changes: 'swarm',
  },
  {
    id: 'metadata-offered',
    roles: ['peer'],
    what: 'total_blocks, file_name, file_size and block_sha256 in the answer to its registration',
    because: 'it does not work without these fields',
    clause: 'peer.tracker-last.nobody-has',
    shownBy: () => aloneWithTracker,
    // Its blocks are not the text that the hashes are of.
    unfitFor: ['file.encoding.binary-always'],
    changes: 'swarm',
  },
  {
    id: 'base64-granted',
    roles: ['peer'],
    what: 'blocks in base64 where it asks for that',
    because: 'it does not take blocks of text',
    clause: 'peer.tracker-last.nobody-has',
    shownBy: () => aloneWithTracker,
    extension: 'encoding',
    changes: 'swarm',
  },
  {
    id: 'some-block-designated',
    roles: ['peer'],
    what: 'at least one initial block',
    because: 'it does not work if its list of initial blocks is empty',
    clause: 'peer.tracker-last.nobody-has',
    shownBy: () => aloneWithTracker,
    changes: 'swarm',
  },
  {
    id: 'some-peer-listed',
    roles: ['peer'],
    what: 'at least one other peer in each list of peers',
    because: 'it does not work if a list of peers is empty',
    clause: 'peer.tracker-last.nobody-has',
    shownBy: () => keyCases.downloadsAlone,
    changes: 'swarm',
  },
  {
    id: 'others-registered',
    roles: ['tracker'],
    what: 'five other peers registered',
    because: 'it does not answer get_peers while few peers are registered',
    clause: 'tracker.get-peers.all-when-few',
    shownBy: () => keyCases.answersRead.tracker,
    // How often each of ten peers is listed tells nothing if there are more, nor do all of a few.
    unfitFor: [
      'tracker.get-peers.uniform',
      keyCases.listsAllWhenFew,
      'tracker.get-peers.all-when-few/none-to-five-others',
    ],
    changes: 'swarm',
  },
  {
    id: 'newline-after-request',
    roles: servers,
    what: 'a newline after each request',
    because: 'it acts on a request only after a newline',
    clause: 'wire.server.acts-on-closing-brace',
    shownBy: (role) => keyCases.answers[role],
    neverCrashes: true,
    changes: 'requests',
  },
  {
    id: 'half-close-after-request',
    roles: servers,
    what: 'a half-close after each request',
    because: 'it acts on a request only at the end of the stream',
    clause: 'wire.server.acts-on-closing-brace',
    shownBy: (role) => keyCases.answers[role],
    neverCrashes: true,
    // A client that has half-closed sends no further request.
    unfitFor: ['wire.keep-alive.echo', 'wire.keep-alive.in-order'],
    changes: 'requests',
  },
  {
    id: 'request-in-one-segment',
    roles: servers,
    what: 'each request in one segment',
    because: 'it does not put a request together from several segments',
    clause: 'wire.server.acts-on-closing-brace',
    shownBy: (role) => `wire.server.acts-on-closing-brace/${role}-every-cut`,
    changes: 'requests',
  },
  {
    id: 'announcement-unanswered',
    roles: ['peer'],
    what: 'announcements that need no answer',
    because: 'it does not answer announce_block',
    clause: 'peer.announce.success',
    shownBy: () => 'peer.announce.success/known-sender',
    unfitFor: ['peer.announce.unknown-sender', 'peer.announce.out-of-range'],
    neverCrashes: true,
    changes: 'requests',
  },
  {
    id: 'spaces-in-messages',
    roles: servers,
    what: 'a space after each colon and comma of a message',
    because: 'it does not understand messages without spaces',
    clause: 'wire.message.any-spelling',
    shownBy: (role) => `wire.message.any-spelling/${role}`,
    changes: 'messages',
  },
  {
    id: 'ascii-only',
    roles: servers,
    what: 'messages with escapes for all characters outside ASCII',
    because: 'it does not understand characters outside ASCII unless they are escaped',
    clause: 'wire.message.any-spelling',
    shownBy: (role) => keyCases.readsNonAscii[role === 'tracker' ? 'tracker' : 'client'],
    // Their messages are cut inside such characters.
    unfitFor: ['wire.server.acts-on-closing-brace', 'wire.client.reads-to-closing-brace'],
    changes: 'messages',
  },
  // After the spelling: the field that it leaves out is not ASCII.
  {
    id: 'known-fields-only',
    roles: servers,
    what: 'requests without unknown fields',
    because: 'it does not take a request that has a field that it does not know',
    clause: 'wire.fields.server-ignores-unknown',
    shownBy: (role) => `wire.fields.server-ignores-unknown/${role}`,
    // Only an unknown field makes a request that long.
    unfitFor: ['wire.size.accepts-64-kib'],
    changes: 'requests',
  },
];

/** Whether the case, or its clause, cannot be judged with the accommodation. */
export function isUnfit({ unfitFor = [] }: Accommodation, item: Case): boolean {
  return unfitFor.includes(clauseOf(item).id) || unfitFor.includes(item.id);
}

const byId = new Map(accommodations.map((entry) => [entry.id, entry]));

/** The entry of the table with this id. */
export function accommodation(id: AccommodationId): Accommodation {
  const entry = byId.get(id);
  if (entry === undefined) throw new Error(`There is no accommodation ${id}.`);
  return entry;
}
