import { mayAnswerWithinMs } from '../time-limits.ts';
import { isObject, type JsonObject } from '../wire/message.ts';
import type { Manner } from './manner.ts';

/** For a request that needs no answer in this manner: how long one is waited for, and what stands for it if none comes. */
export function unanswered(
  request: object,
  manner: Manner,
): { readonly timeoutMs: number; readonly answer: JsonObject } | undefined {
  if (!manner.has('announcement-unanswered') || !isObject(request) || request.action !== 'announce_block')
    return undefined;
  return { timeoutMs: mayAnswerWithinMs, answer: { status: 'success' } };
}
