import { UsageError } from '../launch/usage-error.ts';

/** Those of a catalogue that were asked for by id; all if none was. @throws UsageError if there is no such id */
export function selectById<Item extends { readonly id: string }>(
  catalogue: readonly Item[],
  ids: readonly string[] | undefined,
): Item[] {
  const unknown = ids?.find((asked) => catalogue.every(({ id }) => id !== asked));
  if (unknown !== undefined) throw new UsageError(`--only ${JSON.stringify(unknown)}: there is nothing of that name.`);
  return catalogue.filter(({ id }) => ids?.includes(id) ?? true);
}
