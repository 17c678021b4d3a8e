const columns = 80;

/** Text in lines of at most so many columns, broken between words, and within those that are longer. */
export function wrap(text: string, width = columns): string {
  return text
    .split('\n')
    .map((line) => line.replace(new RegExp(`(.{1,${width}})(?: |$)|(.{${width}})`, 'gu'), '$1$2\n').trimEnd())
    .join('\n');
}
