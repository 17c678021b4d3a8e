/** Text from strangers as it may stand on a terminal: control characters, which could steer it, are shown as escapes. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are just what this is about
  return text.replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
