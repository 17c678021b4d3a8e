import type { ServerStage } from '../stage/server-stage.ts';
import { CannotJudge, Violation } from '../violation.ts';
import type { Answer } from '../wire/client.ts';
import { show } from '../wire/expect.ts';
import { field, type JsonObject } from '../wire/message.ts';

type Ask = (index: number) => Promise<Answer>;

/** Indices outside a file of N blocks. In 32 bits 2^32 is 0; 2^53 + 2 is beyond the exact integers of a double. */
export function indicesOutside(blockCount: number): number[] {
  return [blockCount, -1, blockCount + 1_000_000, 2 ** 32, 2 ** 53 + 2];
}

/** Integers as written that are 0 or 1 modulo 2^8, 2^16, 2^32 or 2^64. */
export const wrappedIndices: readonly string[] = [
  '256',
  '65537',
  '-255',
  '4294967297',
  '-4294967296',
  '9223372036854775808',
  '18446744073709551616',
  '18446744073709551617',
  '-18446744073709551615',
];

const isRefusal = ({ value }: Answer): boolean => field(value, 'status') === 'error';

/**
 * Asks by each index, even if one is not refused, as a server may take several of them for different reasons.
 * @throws Violation that names each index that is not answered with an error
 */
export async function expectEachRefused(
  server: Pick<ServerStage, 'serves'>,
  indices: readonly number[],
  ask: Ask,
): Promise<void> {
  const wrong: string[] = [];
  for (const index of indices) {
    const answer = await ask(index);
    if (!isRefusal(answer))
      wrong.push(`${answer.value === undefined ? answer.problem : show(answer.value)} for ${index}`);
    await server.serves(`a request for block ${index}`);
  }
  if (wrong.length > 0) throw new Violation(`status "error" for each of ${show(indices)}`, wrong.join('; '));
}

/**
 * Sends the request with each text as the value of one of its fields: numbers that this program cannot hold exactly.
 * @throws Violation that names each text that is not answered with an error
 */
export async function expectEachRefusedAsWritten(
  server: Pick<ServerStage, 'client'>,
  request: object,
  name: string,
  texts: readonly string[],
): Promise<void> {
  const wrong: string[] = [];
  for (const text of texts) {
    const answer = await server.client.ask(
      Buffer.from(JSON.stringify({ ...request, [name]: '<number>' }).replace('"<number>"', text)),
    );
    if (!isRefusal(answer))
      wrong.push(`${answer.value === undefined ? answer.problem : show(answer.value)} for ${text}`);
  }
  if (wrong.length > 0) throw new Violation(`status "error" for ${name} ${texts.join(', ')}`, wrong.join('; '));
}

/** The first refusal of a request by one of the indices. @throws CannotJudge if none is refused */
export async function firstRefusal(indices: readonly number[], ask: Ask): Promise<JsonObject> {
  for (const index of indices) {
    const answer = await ask(index);
    if (answer.value !== undefined && isRefusal(answer)) return answer.value;
  }
  throw new CannotJudge(`none of the requests for blocks ${show(indices)} was refused`);
}
