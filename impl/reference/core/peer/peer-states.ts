/** What a peer is doing. The names are the paper's, except `seeding`: complete, and serving until it leaves. */
export type PeerState =
  | 'initialisation'
  | 'discovery'
  | 'block information'
  | 'selection'
  | 'download'
  | 'announcement'
  | 'reconstruction'
  | 'seeding'
  | 'shutdown';

/** What takes a peer from one state to the next. */
export type Transition =
  | 'register' // the tracker has registered the peer
  | 'list' // the tracker has listed other peers
  | 'inform' // another peer has sent or announced its blocks
  | 'select' // it is time to select blocks
  | 'request' // a block is in flight
  | 'wait' // no block can be requested now
  | 'store' // a block is stored
  | 'complete' // all blocks are stored
  | 'seed' // the file is written
  | 'leave'; // the peer is complete and need not stay, is asked to stop, or gives up

/** Where each transition leads. One that is not listed is an error of the caller, never of another peer. */
const transitions: Readonly<Record<PeerState, Partial<Record<Transition, PeerState>>>> = {
  initialisation: { register: 'discovery', leave: 'shutdown' },
  discovery: {
    list: 'block information',
    inform: 'block information',
    select: 'selection',
    complete: 'reconstruction',
    leave: 'shutdown',
  },
  'block information': {
    list: 'block information',
    inform: 'block information',
    select: 'selection',
    complete: 'reconstruction',
    leave: 'shutdown',
  },
  selection: { request: 'download', wait: 'discovery' },
  download: {
    list: 'block information',
    inform: 'block information',
    select: 'selection',
    store: 'announcement',
    leave: 'shutdown',
  },
  announcement: { select: 'selection', complete: 'reconstruction' },
  reconstruction: { list: 'reconstruction', inform: 'reconstruction', seed: 'seeding', leave: 'shutdown' },
  seeding: { list: 'seeding', inform: 'seeding', leave: 'shutdown' },
  shutdown: { list: 'shutdown', inform: 'shutdown', seed: 'shutdown', leave: 'shutdown' },
};

/** The caller broke the contract of the core. */
export class MisuseError extends Error {
  override readonly name = 'MisuseError';
  readonly code = 'misuse';
}

/** The state after the transition. Throws a {@link MisuseError} where the table has no entry. */
export function nextState(state: PeerState, transition: Transition): PeerState {
  const next = transitions[state][transition];
  if (next === undefined) throw new MisuseError(`"${transition}" cannot happen in the state "${state}"`);
  return next;
}
