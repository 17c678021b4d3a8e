import { clauses } from '../../schemas/clauses.ts';
import type { BenchmarkSample, InteropFailure, PeerRow } from '../../schemas/types.ts';
import type { Found } from './observer.ts';
import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import type { PlannedSwarm } from './plan.ts';

/** What an observer saw. */
export interface Seen {
  readonly breach: Found | undefined;
  readonly suspicion: Found | undefined;
  hasRegistered(peer: number): boolean;
}

/**
 * Why a swarm failed, and whose fault it is; undefined if it did not fail. The first message that broke a clause decides.
 * Without one: the tracker that ended, the server that kept silent, the peers that ended wrongly by themselves, and last
 * those that did not finish in time, if they are all of one implementation.
 */
export function failureOf(swarm: PlannedSwarm, sample: BenchmarkSample, seen: Seen): InteropFailure | undefined {
  const { peers: rows, trackerTrouble } = sample;
  if (seen.breach) return fromWire(swarm, rows, seen.breach);
  if (trackerTrouble !== undefined) {
    const [sentence = '', ...stderr] = trackerTrouble.split('\n');
    return { blamed: [swarm.tracker], culprit: 'tracker', sentence, ...tail(stderr.join('\n')) };
  }
  const numbers = [...rows.keys()].filter((number) => rows[number]?.detail !== undefined);
  if (numbers.length === 0) return undefined;
  const unfinished = numbers.some((number) => rows[number]?.outcome !== 'complete');
  if (unfinished && seen.suspicion) return fromWire(swarm, rows, seen.suspicion);
  const byThemselves = numbers.filter((number) => endedWrongly(rows[number]));
  if (byThemselves.length > 0) return fromRows(swarm, rows, byThemselves);
  const neverCame = numbers.filter((number) => !seen.hasRegistered(number));
  if (neverCame.length === 0) return fromRows(swarm, rows, numbers);
  const found = fromRows(swarm, rows, neverCame);
  return { ...found, sentence: `It did not register. ${found.sentence}` };
}

/** It ended, or could not begin: that is nobody else's doing. Whoever still runs may be waiting for others. */
function endedWrongly(row: PeerRow | undefined): boolean {
  return row?.outcome === 'cannot-start' || row?.exit.code !== undefined || row?.exit.signal !== undefined;
}

function fromWire(swarm: PlannedSwarm, rows: readonly PeerRow[], found: Found): InteropFailure {
  const { culprit, clause, sentence, message } = found;
  const row = culprit === 'tracker' ? undefined : rows[culprit];
  return {
    blamed: [culprit === 'tracker' ? swarm.tracker : (swarm.peers[culprit] ?? swarm.tracker)],
    culprit: nameOf(culprit, rows),
    sentence: [`It ${sentence}.`, ...(row?.detail === undefined ? [] : [row.detail])].join(' '),
    ...clauseOf(clause),
    message: {
      ...message,
      atMs: Math.round(message.atMs * 10) / 10,
      from: nameOf(message.from, rows),
      to: nameOf(message.to, rows),
    },
    ...tail(row?.stderrTail),
  };
}

/** The peers did something wrong, or did not finish; the first one is described. */
function fromRows(swarm: PlannedSwarm, rows: readonly PeerRow[], numbers: readonly number[]): InteropFailure {
  const whose = [...new Set(numbers.flatMap((number) => swarm.peers[number] ?? []))];
  const [first = 0] = numbers;
  const row = rows[first];
  const areCertain = numbers.every((number) => endedWrongly(rows[number]));
  if (whose.length > 1 && !areCertain) {
    const sentence = `${names(numbers, rows)} did not finish in time, and nothing on the wire tells whose fault it is.`;
    return { blamed: [], sentence };
  }
  const clause =
    row?.outcome === 'complete' ? 'peer.finish.stays-or-exits' : row?.outcome === 'wrong-file' ? 'peer.file.exact' : '';
  return {
    blamed: whose,
    culprit: names(numbers, rows),
    sentence: row?.detail ?? 'It did not finish.',
    ...clauseOf(clause),
    ...tail(row?.stderrTail),
  };
}

function names(numbers: readonly number[], rows: readonly PeerRow[]): string {
  return numbers.map((number) => nameOf(number, rows)).join(', ');
}

function nameOf(party: SwarmNode, rows: readonly PeerRow[]): string {
  return party === 'tracker' ? party : (rows[party]?.peerId ?? `peer${party + 1}`);
}

function clauseOf(id: string | undefined): Pick<InteropFailure, 'clause' | 'requirement'> {
  const clause = clauses.get(id ?? '');
  return clause ? { clause: clause.id, requirement: clause.text } : {};
}

function tail(stderr: string | undefined): Pick<InteropFailure, 'stderrTail'> {
  return stderr ? { stderrTail: stderr } : {};
}
