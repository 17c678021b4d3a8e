import { UsageError } from '../launch/usage-error.ts';

/** The items of a catalogue with these ids; without ids, all. @throws UsageError for an unknown id */
export function selectById<Item extends { readonly id: string }>(
  catalogue: readonly Item[],
  ids: readonly string[] | undefined,
): Item[] {
  const unknown = ids?.find((wanted) => catalogue.every(({ id }) => id !== wanted));
  if (unknown !== undefined) throw new UsageError(`--only ${JSON.stringify(unknown)}: no such id.`);
  return catalogue.filter(({ id }) => ids?.includes(id) ?? true);
}
