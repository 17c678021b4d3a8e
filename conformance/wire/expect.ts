import { checkMessage, type MessageName } from '../../schemas/validate.ts';
import { TimedViolation, Violation } from '../violation.ts';
import type { Answer } from './client.ts';
import { field, isObject, type JsonObject } from './message.ts';

/** A value as text for a message, shortened. */
export function show(message: unknown): string {
  const text = message === undefined ? 'nothing' : JSON.stringify(message);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** Expects any message as the answer. */
export function expectAnswer(answer: Answer, expected = 'an answer'): JsonObject {
  const { value, problem = 'nothing', malformed, endedEarly = false } = answer;
  if (value === undefined) throw new (malformed || endedEarly ? Violation : TimedViolation)(expected, problem);
  return value;
}

/** Expects `"status":"success"`; other fields are not checked. */
export function expectSuccess(answer: Answer, expected = 'an answer with status "success"'): JsonObject {
  const message = expectAnswer(answer, expected);
  if (field(message, 'status') !== 'success') throw new Violation(expected, show(message));
  return message;
}

/** Expects `"status":"error"`; other fields are not checked. */
export function expectError(answer: Answer, expected = 'an answer with status "error"'): JsonObject {
  const message = expectAnswer(answer, expected);
  if (field(message, 'status') !== 'error') throw new Violation(expected, show(message));
  return message;
}

/** Expects a message that is valid against its schema. */
export function expectConforms(message: JsonObject, name: MessageName): void {
  const [problem] = checkMessage(name, message);
  if (problem === undefined) return;
  throw new Violation(
    `a message that is valid against the schema ${name}`,
    `${show(message)}: ${problem.path} ${problem.message}`,
    `${problem.path} (${problem.keyword})`,
  );
}

/** Expects equal values; `what` names the value in the message. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (show(actual) !== show(expected)) throw new Violation(`${what} ${show(expected)}`, show(actual));
}

/** The entries of the answer's list `peers`; their fields are not checked. */
export function expectPeers(
  answer: Answer,
  expected = 'an answer with status "success" and a list "peers"',
): JsonObject[] {
  const message = expectSuccess(answer, expected);
  const peers = field(message, 'peers');
  if (!Array.isArray(peers) || !peers.every(isObject)) throw new Violation(expected, show(message));
  return peers;
}

/** The peer ids of the answer's list `peers`, sorted. */
export function expectPeerIds(answer: Answer): string[] {
  return expectPeers(answer)
    .map((entry) => field(entry, 'peer_id'))
    .filter((id) => typeof id === 'string')
    .sort();
}
