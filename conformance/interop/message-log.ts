import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import type { Observation } from './observation.ts';

/** A message of a swarm: when it passed, between whom, on which connection. */
export interface LoggedMessage {
  readonly atMs: number;
  readonly from: SwarmNode;
  readonly to: SwarmNode;
  readonly connection: number;
  readonly text: string;
}

/** Older messages are forgotten: far more than pass before a silent server is found out. */
const keptMessages = 20_000;
const shownMessages = 20;
const shownCharacters = 300;

/** The messages of a swarm in the order in which they passed. */
export class MessageLog {
  #messages: LoggedMessage[] = [];

  add(message: LoggedMessage): void {
    const { text } = message;
    const short = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
    if (this.#messages.length >= 2 * keptMessages) this.#messages = this.#messages.slice(keptMessages);
    this.#messages.push({ ...message, text: short });
  }

  /** The last messages that some programs sent or received, up to a time, oldest first. */
  lastOf(nodes: readonly SwarmNode[], untilMs = Infinity): LoggedMessage[] {
    return this.#messages
      .filter(({ atMs, from, to }) => atMs <= untilMs && (nodes.includes(from) || nodes.includes(to)))
      .slice(-shownMessages);
  }
}

/** The message itself or, if it is missing, the request that waited for it; its text is empty if there was none. */
export function messageOf(observation: Observation): LoggedMessage {
  const { client, server, number: connection } = observation.connection;
  const [from, to] = observation.kind === 'response' ? [server, client] : [client, server];
  if (observation.kind === 'unanswered') {
    const { atMs, text } = observation.request;
    return { atMs, from, to, connection, text };
  }
  const text = observation.kind === 'refused' ? '' : observation.text;
  return { atMs: observation.atMs, from, to, connection, text };
}
