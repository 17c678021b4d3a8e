import { checkMessage, type MessageName } from '../../schemas/validate.ts';
import { Violation } from '../violation.ts';
import type { Answer } from './client.ts';
import { field, isObject, type JsonObject } from './message.ts';

/** A message as it stands in a sentence. */
export function show(message: unknown): string {
  const text = message === undefined ? 'nothing' : JSON.stringify(message);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** The answer is a message, whatever it says. */
export function expectAnswer(answer: Answer, expected = 'an answer'): JsonObject {
  if (answer.value === undefined) throw new Violation(expected, answer.problem ?? 'nothing');
  return answer.value;
}

/** The answer has `"status":"success"`. Other fields are not looked at. */
export function expectSuccess(answer: Answer, expected = 'an answer with status "success"'): JsonObject {
  const message = expectAnswer(answer, expected);
  if (field(message, 'status') !== 'success') throw new Violation(expected, show(message));
  return message;
}

/** The answer has `"status":"error"`. Other fields are not looked at. */
export function expectError(answer: Answer, expected = 'an answer with status "error"'): JsonObject {
  const message = expectAnswer(answer, expected);
  if (field(message, 'status') !== 'error') throw new Violation(expected, show(message));
  return message;
}

/** The message is valid against its schema. */
export function expectConforms(message: JsonObject, name: MessageName): void {
  const [problem] = checkMessage(name, message);
  if (problem === undefined) return;
  throw new Violation(
    `a message that is valid against the schema ${name}`,
    `${show(message)}: ${problem.path} ${problem.message}`,
    `${problem.path} (${problem.keyword})`,
  );
}

/** The value equals what is allowed. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (show(actual) !== show(expected)) throw new Violation(`${what} ${show(expected)}`, show(actual));
}

/** The entries of the answer's list `peers`; their fields are not looked at. */
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
