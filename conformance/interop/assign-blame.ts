import { clauses } from '../../schemas/clauses.ts';
import type { BenchmarkSample, InteropFailure, PeerRow } from '../../schemas/types.ts';
import type { LocatedFinding } from './swarm-observer.ts';
import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import type { PlannedSwarm } from './plan-swarms.ts';

/** What an observer found in the messages of a swarm. */
export interface WireEvidence {
  readonly breach: LocatedFinding | undefined;
  readonly suspicion: LocatedFinding | undefined;
  hasRegistered(peer: number): boolean;
}

/**
 * Why a swarm failed, and which implementation is to blame; undefined if it did not fail. The first message that broke a
 * clause decides; without one, in this order: a tracker that ended, a server that did not answer, peers that failed by
 * themselves, peers that did not register, and peers that did not finish in time, if all are of one implementation.
 */
export function assignBlame(
  swarm: PlannedSwarm,
  sample: BenchmarkSample,
  evidence: WireEvidence,
): InteropFailure | undefined {
  const { peers: rows, trackerTrouble } = sample;
  if (evidence.breach) return fromWire(swarm, rows, evidence.breach);
  if (trackerTrouble !== undefined) {
    const [sentence = '', ...stderr] = trackerTrouble.split('\n');
    return { blamed: [swarm.tracker], culprit: 'tracker', sentence, ...tail(stderr.join('\n')) };
  }
  const numbers = [...rows.keys()].filter((number) => rows[number]?.detail !== undefined);
  if (numbers.length === 0) return undefined;
  const isUnfinished = numbers.some((number) => rows[number]?.outcome !== 'complete');
  if (isUnfinished && evidence.suspicion) return fromWire(swarm, rows, evidence.suspicion);
  const failedAlone = numbers.filter((number) => failedByItself(rows[number]));
  if (failedAlone.length > 0) return fromRows(swarm, rows, failedAlone);
  const unregistered = numbers.filter((number) => !evidence.hasRegistered(number));
  if (unregistered.length === 0) return fromRows(swarm, rows, numbers);
  const failure = fromRows(swarm, rows, unregistered);
  return { ...failure, sentence: `It did not register. ${failure.sentence}` };
}

/** It exited, or could not start: no other program is to blame. A peer that still runs may be waiting for others. */
function failedByItself(row: PeerRow | undefined): boolean {
  return row?.outcome === 'cannot-start' || row?.exit.code !== undefined || row?.exit.signal !== undefined;
}

function fromWire(swarm: PlannedSwarm, rows: readonly PeerRow[], found: LocatedFinding): InteropFailure {
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

/** The peers failed, or did not finish; the sentence describes the first one. */
function fromRows(swarm: PlannedSwarm, rows: readonly PeerRow[], numbers: readonly number[]): InteropFailure {
  const implementations = [...new Set(numbers.flatMap((number) => swarm.peers[number] ?? []))];
  const [first = 0] = numbers;
  const row = rows[first];
  const allFailedByThemselves = numbers.every((number) => failedByItself(rows[number]));
  if (implementations.length > 1 && !allFailedByThemselves) {
    const sentence = `${names(numbers, rows)} did not finish in time, and no message shows the cause.`;
    return { blamed: [], sentence };
  }
  const clause =
    row?.outcome === 'complete' ? 'peer.finish.stays-or-exits' : row?.outcome === 'wrong-file' ? 'peer.file.exact' : '';
  return {
    blamed: implementations,
    culprit: names(numbers, rows),
    sentence: row?.detail ?? 'It did not finish.',
    ...clauseOf(clause),
    ...tail(row?.stderrTail),
  };
}

function names(numbers: readonly number[], rows: readonly PeerRow[]): string {
  return numbers.map((number) => nameOf(number, rows)).join(', ');
}

function nameOf(node: SwarmNode, rows: readonly PeerRow[]): string {
  return node === 'tracker' ? node : (rows[node]?.peerId ?? `peer${node + 1}`);
}

function clauseOf(id: string | undefined): Pick<InteropFailure, 'clause' | 'requirement'> {
  const clause = clauses.get(id ?? '');
  return clause ? { clause: clause.id, requirement: clause.text } : {};
}

function tail(stderr: string | undefined): Pick<InteropFailure, 'stderrTail'> {
  return stderr ? { stderrTail: stderr } : {};
}
