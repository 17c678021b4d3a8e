import type { InteropFailure, InteropResult, InteropSwarm } from '../../schemas/types.ts';
import type { FailedSwarm } from './matrix.ts';

/** The implementations of a result, numbered as the matrix numbers them. */
export function numberedNames({ implementations }: InteropResult): string[] {
  return implementations.map(({ name }, number) => `${number + 1} ${name.replaceAll('\n', ' ')}`);
}

/** `tracker of 2 with peers of 1`. */
export function interopSwarmName({ kind, tracker, other, file }: InteropSwarm): string {
  const peers = kind === 'all' ? 'a peer of each' : `peers of ${(other ?? 0) + 1}`;
  return `tracker of ${tracker + 1} with ${peers}${file.kind === 'binary' ? ', binary' : ''}`;
}

/** Whose fault a failure is. @param names those of the implementations */
export function blameText({ blamed }: InteropFailure, names: readonly string[]): string {
  return blamed.length === 0
    ? 'cannot be told whose fault'
    : `blamed: ${blamed.map((number) => names[number] ?? '').join(', ')}`;
}

/** What went wrong, and in whom. */
export function failureSentence({ culprit, sentence }: InteropFailure): string {
  return culprit === undefined ? sentence : `${culprit}: ${sentence}`;
}

/** The first message that was wrong. */
export function messageLine({ atMs, from, to, connection, text }: NonNullable<InteropFailure['message']>): string {
  return `${atMs.toFixed(1)} ms  ${from} → ${to}  #${connection}  ${text === '' ? '(no message)' : text}`;
}

/** What happened to others than the culprit. */
export function otherPeerFailures({ failure, peers }: FailedSwarm, names: readonly string[]): string[] {
  const culprits = failure.culprit?.split(', ') ?? [];
  return peers.flatMap(({ detail, outcome, peerId, implementation }) => {
    const followsFromTracker = outcome === 'cannot-start' && culprits.includes('tracker');
    if (detail === undefined || outcome === 'stopped' || followsFromTracker || culprits.includes(peerId)) return [];
    return `${peerId} (${names[implementation] ?? ''}): ${outcome}. ${detail}`;
  });
}
