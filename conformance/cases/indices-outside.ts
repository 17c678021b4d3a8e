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

/** The first refusal of a request by one of the indices. @throws CannotJudge if none is refused */
export async function firstRefusal(indices: readonly number[], ask: Ask): Promise<JsonObject> {
  for (const index of indices) {
    const answer = await ask(index);
    if (answer.value !== undefined && isRefusal(answer)) return answer.value;
  }
  throw new CannotJudge(`none of the requests for blocks ${show(indices)} was refused`);
}
