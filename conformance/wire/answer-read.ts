import { answerIsReadWithinMs } from '../time-limits.ts';

/** When a request was answered, and when the answer was read, in milliseconds since the case began. */
export interface AnswerTimes {
  /** When it was answered with a message or raw bytes. */
  answeredAtMs?: number;
  /** When the subject was seen to have read that answer; see `answerReadAtMs`. */
  answerReadAtMs?: number;
}

/**
 * When the subject had read the answer to a request, in milliseconds since the case began: when it closed the connection or sent
 * its next request on it, or `answerIsReadWithinMs` after the answer. Infinity if there is no answer.
 *
 * What a case does on the arrival of a request can overtake the answer, which then tells the subject what is out of date.
 */
export function answerReadAtMs({ answeredAtMs, answerReadAtMs: seenAtMs }: AnswerTimes): number {
  return answeredAtMs === undefined ? Infinity : (seenAtMs ?? answeredAtMs + answerIsReadWithinMs);
}

/** Marks the answered requests of a connection as read at this time. */
export function markAnswersRead(requests: readonly AnswerTimes[], nowMs: number): void {
  for (const request of requests) if (request.answeredAtMs !== undefined) request.answerReadAtMs ??= nowMs;
}
