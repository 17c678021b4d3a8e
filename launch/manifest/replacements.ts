import { posix } from 'node:path';
import type { Replacement } from '../../schemas/types.ts';
import { expand, placeholderNames } from './placeholders.ts';
import type { PlaceholderValues } from './placeholders.ts';

// A file is handled as bytes in a string (latin1), so that any encoding survives. A placeholder in new text is held by
// a character that no byte has, and gets its value last: no later `find` can match inside a value.
const firstStandIn = 0xe000;
const standIns: PlaceholderValues = new Map(
  Array.from(placeholderNames, (name, index) => [name, String.fromCharCode(firstStandIn + index)]),
);

/** A replacement and its index in the manifest. */
export type PositionedReplacement = Replacement & { readonly position: number };

/** A replacement that cannot be made, and how often its text was found. */
interface FailedReplacement {
  readonly replacement: PositionedReplacement;
  readonly found: number;
}

/** A file after its replacements, with the values of placeholders still to come. */
export interface ReplacedText {
  readonly failures: readonly FailedReplacement[];
  bytes(values: PlaceholderValues): Buffer;
}

/** The replacements of each file, by its path in the workspace, in their order. */
export function replacementsByFile(
  replacements: readonly Replacement[] = [],
): Map<string, [PositionedReplacement, ...PositionedReplacement[]]> {
  const grouped: ReturnType<typeof replacementsByFile> = new Map();
  for (const [position, replacement] of replacements.entries()) {
    const positioned = { ...replacement, position };
    const file = posix.normalize(replacement.file);
    const group = grouped.get(file);
    if (group) group.push(positioned);
    else grouped.set(file, [positioned]);
  }
  return grouped;
}

/** Makes `replacements` in `file`, in their order; each must be found exactly as often as it says. */
export function replaceTexts(file: Buffer, replacements: readonly PositionedReplacement[]): ReplacedText {
  const troubles: FailedReplacement[] = [];
  let text = file.toString('latin1');
  for (const replacement of replacements) {
    const parts = text.split(asBytes(replacement.find));
    const found = parts.length - 1;
    if (found === (replacement.count ?? 1)) text = parts.join(expandToStandIns(replacement.with));
    else troubles.push({ replacement, found });
  }
  return { failures: troubles, bytes: (values) => Buffer.from(fillIn(text, values), 'latin1') };
}

function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function expandToStandIns(text: string): string {
  return expand(asBytes(text), standIns);
}

function fillIn(text: string, values: PlaceholderValues): string {
  let filled = text;
  for (const [name, holder] of standIns) filled = filled.replaceAll(holder, () => asBytes(values.get(name) ?? ''));
  return filled;
}
