const columns = 80;

/** Breaks text into lines of at most `width` characters, between words where possible. */
export function wrap(text: string, width = columns): string {
  return text
    .split('\n')
    .map((line) => line.replace(new RegExp(`(.{1,${width}})(?: |$)|(.{${width}})`, 'gu'), '$1$2\n').trimEnd())
    .join('\n');
}
