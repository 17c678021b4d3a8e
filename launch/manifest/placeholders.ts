// A placeholder is a lower-case word in braces; all other braces are text.
const pattern = /\{([a-z][a-z0-9_]*)\}/g;

const intervals = ['start', 'unchoke', 'info', 'peers', 'pace'] as const;

/** The names of all placeholders, without braces. */
export const placeholderNames: ReadonlySet<string> = new Set([
  ...['host', 'port', 'tracker_host', 'tracker_port', 'peer_id', 'file', 'output', 'blocks', 'initial_blocks'],
  ...['window', 'workspace', 'pack'],
  ...intervals.flatMap((name) => [`${name}_ms`, `${name}_s`]),
]);

export type PlaceholderValues = ReadonlyMap<string, string>;

/** The words in braces in `text`, whether they are known placeholders or not. */
export function wordsInBraces(text: string): string[] {
  return Array.from(text.matchAll(pattern), (match) => match[1] ?? '');
}

/** Replaces every placeholder that has a value, in one pass: placeholders in values are not expanded. */
export function expand(text: string, values: PlaceholderValues): string {
  return text.replace(pattern, (placeholder, name: string) => values.get(name) ?? placeholder);
}

/** Milliseconds as decimal seconds without trailing zeros: 300 → `0.3`. */
export function asSeconds(ms: number): string {
  return (ms / 1000).toFixed(6).replace(/\.?0+$/, '');
}
