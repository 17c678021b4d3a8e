/** The same text without line breaks, so that it cannot begin a line of its own in a report or in the log of a CI job. */
export function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
