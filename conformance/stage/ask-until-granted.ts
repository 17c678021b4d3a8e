import type { Program } from '../../launch/process/program.ts';
import { grantsWithinMs } from '../time-limits.ts';
import type { Answer, Client } from '../wire/client.ts';
import { field } from '../wire/message.ts';
import { requestBlock } from '../wire/requests.ts';
import type { Context } from './context.ts';

export function isGrant(answer: Answer | undefined): boolean {
  return field(answer?.value, 'status') === 'success';
}

/**
 * Requests a block until it is granted, for as long as the subject may take to fetch it and to unchoke a peer.
 * @returns the answer that granted it, otherwise the last one; undefined if the subject has ended before
 */
export async function askUntilGranted(
  { context: { timing, transcript }, program }: { readonly context: Context; readonly program: Program },
  client: Client,
  senderId: string,
  index: number,
): Promise<Answer | undefined> {
  const deadlineMs = transcript.nowMs() + grantsWithinMs(timing);
  let last: Answer | undefined;
  while (transcript.nowMs() < deadlineMs && program.exit === undefined) {
    last = await client.ask(requestBlock(senderId, index));
    if (isGrant(last)) return last;
    await transcript.watch.until(() => program.exit !== undefined, timing.unchokeMs / 10);
  }
  return last;
}
