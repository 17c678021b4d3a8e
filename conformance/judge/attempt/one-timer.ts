import { takesInterval } from '../../../launch/manifest/passed-placeholders.ts';
import { askRound } from '../../cases/peer/choking/rounds.ts';
import { bestFourAndFour, refusingSwarm } from '../../cases/peer/choking/swarm.ts';
import { PeerStage } from '../../stage/peer-stage.ts';
import { showsItsTimersWithinMs } from '../../time-limits.ts';
import { contextOf, type Subject } from './subject.ts';

/** How often a peer does what its timers drive. */
interface Pace {
  readonly getPeers: number;
  readonly blockRequests: number;
  /** How often it serves others than before. */
  readonly choices: number;
}

/** Often enough that it is no chance if a peer does it less than a third as often. */
const enough = 6;

const found = new WeakMap<Subject, Promise<boolean>>();

/**
 * Whether the interval that is passed on for have_blocks_info drives another timer of the peer, too: with a long one it sends
 * get_peers or block requests less often, or chooses whom it serves less often. Found out once for each subject.
 */
export function infosDriveOthers(subject: Subject): Promise<boolean> {
  const known = found.get(subject) ?? compare(subject).catch(() => false);
  found.set(subject, known);
  return known;
}

/** Whether the program takes an interval between two have_blocks_info. */
export function takesInfoInterval({ implementation }: Subject): boolean {
  return takesInterval(implementation.manifest, 'info');
}

async function compare(subject: Subject): Promise<boolean> {
  const stages = await Promise.all([open(subject, false), open(subject, true)]);
  try {
    const [usual, long] = stages;
    const { timing, transcript } = usual.context;
    const endMs = transcript.nowMs() + showsItsTimersWithinMs(timing, enough);
    const choices = [new Choices(usual), new Choices(long)] as const;
    const paces = (): [Pace, Pace] => [paceOf(usual, choices[0]), paceOf(long, choices[1])];
    for (;;) {
      await Promise.all(choices.map((one) => one.observe()));
      const [now] = paces();
      if (Object.values(now).every((times) => times >= enough) || transcript.nowMs() > endMs) break;
      await transcript.watch.until(() => usual.program.exit !== undefined, timing.unchokeMs / 3);
    }
    const [a, b] = paces();
    return (Object.keys(a) as (keyof Pace)[]).some((name) => a[name] >= enough && 3 * b[name] < a[name]);
  } finally {
    await Promise.all(stages.map((stage) => stage.close()));
  }
}

function open(subject: Subject, longInfos: boolean): Promise<PeerStage> {
  const context = { ...contextOf(subject, 'one timer'), longInfos };
  return PeerStage.open(context, { ...refusingSwarm(bestFourAndFour([2, 3, 4], [])), longInfos: true });
}

/** How often a peer has changed whom it serves. */
class Choices {
  changes = 0;
  readonly #peer: PeerStage;
  #last = '';

  constructor(peer: PeerStage) {
    this.#peer = peer;
  }

  async observe(): Promise<void> {
    const { served } = await askRound(this.#peer);
    const now = [...served].sort().join(' ');
    if (now !== this.#last) this.changes += 1;
    this.#last = now;
  }
}

function paceOf(peer: PeerStage, { changes }: Choices): Pace {
  return {
    getPeers: peer.tracker.seen('get_peers').length,
    blockRequests: peer.requests().filter(({ action }) => action.startsWith('request_block')).length,
    choices: changes,
  };
}
