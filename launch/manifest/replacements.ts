import { posix } from 'node:path';
import type { Replacement } from '../../schemas/types.ts';
import { expand, placeholderNames } from './placeholders.ts';
import type { PlaceholderValues } from './placeholders.ts';

// A file is read as latin1, one character per byte, so that any encoding survives. In new text, a character beyond latin1
// stands in for each placeholder until the end, so that no later `find` matches inside a value.
const firstStandIn = 0xe000;
const standIns: PlaceholderValues = new Map(
  Array.from(placeholderNames, (name, index) => [name, String.fromCharCode(firstStandIn + index)]),
);

/** A replacement and its index in the manifest. */
export type PositionedReplacement = Replacement & { readonly position: number };

/** A replacement whose text occurs more or less often than stated. */
interface FailedReplacement {
  readonly replacement: PositionedReplacement;
  /** How often the text occurs. */
  readonly found: number;
}

/** The content of a file after its replacements. */
export interface ReplacedText {
  readonly failures: readonly FailedReplacement[];
  /** The content with the values of its placeholders. */
  bytes(values: PlaceholderValues): Buffer;
}

/** The replacements of each file in their order, by the file's path in the workspace. */
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

/** Makes `replacements` in `file`, in their order; each text must occur exactly as often as stated. */
export function replaceTexts(file: Buffer, replacements: readonly PositionedReplacement[]): ReplacedText {
  const failures: FailedReplacement[] = [];
  let text = file.toString('latin1');
  for (const replacement of replacements) {
    const parts = text.split(asBytes(replacement.find));
    const found = parts.length - 1;
    if (found === (replacement.count ?? 1)) text = parts.join(expandToStandIns(replacement.with));
    else failures.push({ replacement, found });
  }
  return { failures, bytes: (values) => Buffer.from(fillIn(text, values), 'latin1') };
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
