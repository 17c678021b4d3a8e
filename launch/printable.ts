/**
 * Text from strangers as it may stand in a message or a report: what could steer a terminal, turn the direction of a text, or
 * is no character at all is shown as an escape. Line feeds stay, tabs become spaces.
 */
export function printable(text: string): string {
  return text
    .replaceAll('\t', '    ')
    .replace(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/gu, (character) =>
      character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
