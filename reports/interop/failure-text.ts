import type { InteropFailure, InteropResult, InteropSwarm } from '../../schemas/types.ts';
import type { FailedSwarm } from './failure-groups.ts';

/** The implementations of a result, numbered from 1 as in the matrix. */
export function numberedNames({ implementations }: InteropResult): string[] {
  return implementations.map(({ name }, number) => `${number + 1} ${name.replaceAll('\n', ' ')}`);
}

/** `tracker of 2 with peers of 1`. */
export function interopSwarmName({ kind, tracker, other, file }: InteropSwarm): string {
  const peers = kind === 'all' ? 'a peer of each' : `peers of ${(other ?? 0) + 1}`;
  return `tracker of ${tracker + 1} with ${peers}${file.kind === 'binary' ? ', binary' : ''}`;
}

/** @param names the numbered names of the implementations */
export function blameText({ blamed }: InteropFailure, names: readonly string[]): string {
  return blamed.length === 0
    ? 'fault undetermined'
    : `blamed: ${blamed.map((number) => names[number] ?? '').join(', ')}`;
}

/** What went wrong, and in which program. */
export function failureSentence({ culprit, sentence }: InteropFailure): string {
  return culprit === undefined ? sentence : `${culprit}: ${sentence}`;
}

/** The first wrong message as one line: when, from whom, to whom, what. */
export function messageLine({ atMs, from, to, connection, text }: NonNullable<InteropFailure['message']>): string {
  return `${atMs.toFixed(1)} ms  ${from} → ${to}  #${connection}  ${text === '' ? '(no message)' : text}`;
}

/** The messages of the programs at fault that came before the wrong one, a line each, oldest first. */
export function earlierMessageLines({ message, lastMessages = [] }: InteropFailure): string[] {
  return lastMessages
    .filter(({ atMs, connection, from }) => {
      return atMs !== message?.atMs || connection !== message.connection || from !== message.from;
    })
    .map(messageLine);
}

/** How the other peers of the swarm failed, a line each. @param names the numbered names of the implementations */
export function otherPeerFailures({ failure, peers }: FailedSwarm, names: readonly string[]): string[] {
  const culprits = failure.culprit?.split(', ') ?? [];
  return peers.flatMap(({ detail, outcome, peerId, implementation }) => {
    const followsFromTracker = outcome === 'cannot-start' && culprits.includes('tracker');
    if (detail === undefined || outcome === 'stopped' || followsFromTracker || culprits.includes(peerId)) return [];
    return `${peerId} (${names[implementation] ?? ''}): ${outcome}. ${detail}`;
  });
}
