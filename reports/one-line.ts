/** Replaces line breaks by spaces, so that untrusted text cannot start a line of a report or of a CI log. */
export function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
