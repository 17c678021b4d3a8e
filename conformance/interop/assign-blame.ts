import { clauses } from '../../schemas/clauses.ts';
import type { BenchmarkSample, InteropFailure, ObservedMessage, PeerRow } from '../../schemas/types.ts';
import type { LocatedFinding } from './located-finding.ts';
import type { LoggedMessage } from './message-log.ts';
import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import type { PlannedSwarm } from './plan-swarms.ts';

/** What an observer found in the messages of a swarm. */
export interface WireEvidence {
  readonly breach: LocatedFinding | undefined;
  readonly suspicion: LocatedFinding | undefined;
  hasRegistered(peer: number): boolean;
  saidGoodbye(peer: number): boolean;
  /** The last messages that some programs sent or received, up to a time, oldest first. */
  lastMessages(nodes: readonly SwarmNode[], untilMs?: number): LoggedMessage[];
}

/**
 * Why a swarm failed, and which implementation is to blame; undefined if it did not fail. The first message that broke a
 * clause decides; without one, in this order: a tracker that ended, a server that did not answer, peers that failed by
 * themselves, peers that did not register, and peers that did not finish in time, if all are of one implementation. A
 * connection that a program lost by ending shows that end, not a broken clause.
 */
export function assignBlame(
  swarm: PlannedSwarm,
  sample: BenchmarkSample,
  evidence: WireEvidence,
): InteropFailure | undefined {
  const { peers: rows, trackerTrouble } = sample;
  const { breach } = evidence;
  const isLost = breach?.isLostConnection === true && hasEnded(breach.culprit, sample);
  if (breach && !isLost) return fromWire(swarm, rows, breach, evidence);
  const numbers = [...rows.keys()].filter((number) => rows[number]?.detail !== undefined);
  if (trackerTrouble !== undefined) {
    const [sentence = '', ...printed] = trackerTrouble.split('\n');
    return {
      blamed: [swarm.tracker],
      culprit: 'tracker',
      sentence,
      ...(printed.length > 0 && { stderrTail: printed.join('\n') }),
      ...messages(['tracker'], rows, evidence),
    };
  }
  if (breach && breach.culprit !== 'tracker') {
    const failure = fromRows(swarm, rows, [breach.culprit], evidence);
    return {
      ...failure,
      sentence: `${failure.sentence} It ${breach.sentence}.`,
      message: observed(breach.message, rows),
    };
  }
  if (numbers.length === 0) return withoutGoodbye(swarm, rows, evidence);
  const isUnfinished = numbers.some((number) => rows[number]?.outcome !== 'complete');
  if (isUnfinished && evidence.suspicion) return fromWire(swarm, rows, evidence.suspicion, evidence);
  const failedAlone = numbers.filter((number) => failedByItself(rows[number]));
  if (failedAlone.length > 0) return fromRows(swarm, rows, failedAlone, evidence);
  const unregistered = numbers.filter((number) => !evidence.hasRegistered(number));
  if (unregistered.length === 0) return fromRows(swarm, rows, numbers, evidence);
  const failure = fromRows(swarm, rows, unregistered, evidence);
  return { ...failure, sentence: `It did not register. ${failure.sentence}` };
}

function hasEnded(node: SwarmNode, { peers, trackerTrouble }: BenchmarkSample): boolean {
  if (node === 'tracker') return trackerTrouble !== undefined;
  return peers[node]?.outcome !== 'complete' && failedByItself(peers[node]);
}

/** A peer that ended by itself once it was complete, and told the tracker nothing. */
function withoutGoodbye(
  swarm: PlannedSwarm,
  rows: readonly PeerRow[],
  evidence: WireEvidence,
): InteropFailure | undefined {
  const silent = [...rows.keys()].filter((number) => failedByItself(rows[number]) && !evidence.saidGoodbye(number));
  if (silent.length === 0) return undefined;
  return {
    blamed: [...new Set(silent.flatMap((number) => swarm.peers[number] ?? []))],
    culprit: names(silent, rows),
    sentence: 'It ended after its file was complete, and sent no peer_offline before.',
    ...clauseOf('peer.finish.stays-or-exits'),
    ...messages(silent, rows, evidence),
  };
}

/** It exited, or could not start: no other program is to blame. A peer that still runs may be waiting for others. */
function failedByItself(row: PeerRow | undefined): boolean {
  return row?.outcome === 'cannot-start' || row?.exit.code !== undefined || row?.exit.signal !== undefined;
}

function fromWire(
  swarm: PlannedSwarm,
  rows: readonly PeerRow[],
  found: LocatedFinding,
  evidence: WireEvidence,
): InteropFailure {
  const { culprit, clause, sentence, message } = found;
  const row = culprit === 'tracker' ? undefined : rows[culprit];
  return {
    blamed: [culprit === 'tracker' ? swarm.tracker : (swarm.peers[culprit] ?? swarm.tracker)],
    culprit: nameOf(culprit, rows),
    // A swarm ends soon after a breach: who has no file then says nothing.
    sentence: [
      `It ${sentence}.`,
      ...(row?.detail === undefined || row.outcome === 'deadline' ? [] : [row.detail]),
    ].join(' '),
    ...clauseOf(clause),
    message: observed(message, rows),
    ...messages([culprit], rows, evidence, message.atMs),
    ...tails(row),
  };
}

/** The peers failed, or did not finish; the sentence describes the first one. */
function fromRows(
  swarm: PlannedSwarm,
  rows: readonly PeerRow[],
  numbers: readonly number[],
  evidence: WireEvidence,
): InteropFailure {
  const implementations = [...new Set(numbers.flatMap((number) => swarm.peers[number] ?? []))];
  const [first = 0] = numbers;
  const row = rows[first];
  const allFailedByThemselves = numbers.every((number) => failedByItself(rows[number]));
  if (implementations.length > 1 && !allFailedByThemselves) {
    const sentence = `${names(numbers, rows)} did not finish in time, and no message shows the cause.`;
    return { blamed: [], sentence, ...messages(numbers, rows, evidence) };
  }
  const clause =
    row?.outcome === 'complete' ? 'peer.finish.stays-or-exits' : row?.outcome === 'wrong-file' ? 'peer.file.exact' : '';
  return {
    blamed: implementations,
    culprit: names(numbers, rows),
    sentence: row?.detail ?? 'It did not finish.',
    ...clauseOf(clause),
    ...messages(numbers, rows, evidence),
    ...tails(row),
  };
}

function messages(
  nodes: readonly SwarmNode[],
  rows: readonly PeerRow[],
  evidence: WireEvidence,
  untilMs?: number,
): Pick<InteropFailure, 'lastMessages'> {
  const last = evidence.lastMessages(nodes, untilMs).map((message) => observed(message, rows));
  return last.length === 0 ? {} : { lastMessages: last };
}

function observed(message: LoggedMessage, rows: readonly PeerRow[]): ObservedMessage {
  const atMs = Math.round(message.atMs * 10) / 10;
  return { ...message, atMs, from: nameOf(message.from, rows), to: nameOf(message.to, rows) };
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

function tails(row: PeerRow | undefined): Pick<InteropFailure, 'stderrTail' | 'stdoutTail'> {
  const { stderrTail, stdoutTail } = row ?? {};
  return { ...(stderrTail !== undefined && { stderrTail }), ...(stdoutTail !== undefined && { stdoutTail }) };
}
