/** What a peer is doing. The names are the report's, but for `seeding`: complete, and serving until it leaves. */
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
export type Step =
  | 'register' // the tracker has taken the peer in
  | 'list' // the tracker has listed other peers
  | 'inform' // another peer has told which blocks it has, or cannot be asked
  | 'select' // time to choose blocks
  | 'request' // a block is on its way
  | 'wait' // no block can be had now
  | 'store' // a block is there
  | 'complete' // all blocks are there
  | 'seed' // the file is written
  | 'leave'; // there is no reason to stay, or the peer is to stop, or it has to give up

/** Where each step leads. A step that is not here is a mistake of the caller, never of another peer. */
const transitions: Readonly<Record<PeerState, Partial<Record<Step, PeerState>>>> = {
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

/** The core was used in a way that it is not made for. */
export class MisuseError extends Error {
  override readonly name = 'MisuseError';
  readonly code = 'misuse';
}

/** The state after the step. Throws a {@link MisuseError} where the table has no entry. */
export function nextState(state: PeerState, step: Step): PeerState {
  const next = transitions[state][step];
  if (next === undefined) throw new MisuseError(`"${step}" cannot happen in the state "${state}"`);
  return next;
}
