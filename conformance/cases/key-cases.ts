/** Ids of cases that must pass before many others can tell anything. */
export const keyCases = {
  /** A server of this role answers a request. */
  answers: {
    tracker: 'wire.server.acts-on-closing-brace/tracker-whole',
    peer: 'wire.server.acts-on-closing-brace/peer-whole',
  },
  /** A server of this role answers the action that most cases about the wire use, since it changes no state. */
  answersRead: { tracker: 'tracker.get-peers.all-when-few/alone', peer: 'peer.have-blocks.shape/success' },
  listsAllWhenFew: 'tracker.get-peers.all-when-few/three-others',
  /** A server of this role, and a peer as a client, read characters outside ASCII that are not escaped. */
  readsNonAscii: {
    tracker: 'wire.message.any-spelling/tracker-not-escaped',
    peer: 'wire.message.any-spelling/peer-not-escaped',
    client: 'wire.message.any-spelling/peer-as-client-not-escaped',
  },
  /** Characters outside ASCII survive, in blocks and in ids. */
  nonAsciiBlock: {
    tracker: 'wire.message.one-object/tracker-non-ascii-block',
    peer: 'wire.message.one-object/peer-non-ascii-block',
  },
  nonAsciiId: 'wire.message.one-object/tracker-non-ascii-id',
  /** A tracker lists the peers that have registered, whatever else it lists. */
  listsOthers: 'tracker.register.lists-others/each-of-three',
  /** A tracker whose file is one block registers a peer. */
  registersForOneBlock: 'tracker.register.success/one-block',
  /** A server of this role grants a block that it has, whatever the answer contains. */
  grants: { tracker: 'tracker.block.serves/granted', peer: 'peer.request-block.serves/granted' },
  /** A server of this role serves a block with its data. */
  serves: { tracker: 'tracker.block.serves/every-index', peer: 'peer.request-block.serves/initial-block' },
  asksForPeers: 'peer.discovery.periodic/while-incomplete',
  asksNewPeersForBlocks: 'peer.discovery.infos-on-learning/listed-at-registration',
  /** A peer asks one that holds a block for it, as the tracker comes last. */
  asksHolder: 'peer.tracker-last.only-then/holder-asked',
  downloadsAlone: 'peer.tracker-last.nobody-has/alone',
  /** What a peer writes tells what it took for the blocks. */
  writesContents: 'peer.file.exact/contents',
  downloadsFromPeer: 'peer.file.exact/from-a-peer',
} as const;

/** Ids of the cases without which a peer does nothing by itself after its registration. */
export const continuesAfterRegistration: readonly string[] = [
  'peer.discovery.periodic/anything-at-all',
  'wire.keep-alive.client-goes-on/after-the-registration',
];
