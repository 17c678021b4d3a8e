// One JSON token with the white space before it.
const token =
  /[ \t\r\n]*(?:([{}[\]:,])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;
const space = /[ \t\r\n]*/y;

/**
 * The offset of the first token in `text` that is not valid JSON; undefined if all is valid. The errors of JSON.parse do
 * not always state a position.
 */
export function jsonErrorOffset(text: string): number | undefined {
  const closers: ('}' | ']')[] = [];
  let expected: 'value' | 'key' | 'colon' | 'separator' = 'value';
  let mayClose = false;
  let offset = 0;
  for (;;) {
    const start = after(space, text, offset);
    token.lastIndex = offset;
    const match = token.exec(text);
    const closer = closers.at(-1);
    if (!match) return closer === undefined && expected === 'separator' && start === text.length ? undefined : start;
    const [, mark, scalar] = match;
    offset = token.lastIndex;
    if (mark !== undefined && mark === closer && (mayClose || expected === 'separator')) {
      closers.pop();
      expected = 'separator';
    } else if (expected === 'separator' && mark === ',' && closer !== undefined) {
      expected = closer === '}' ? 'key' : 'value';
    } else if (expected === 'colon' && mark === ':') {
      expected = 'value';
    } else if (expected === 'key' && scalar?.startsWith('"')) {
      expected = 'colon';
    } else if (expected === 'value' && (mark === '{' || mark === '[')) {
      closers.push(mark === '{' ? '}' : ']');
      expected = mark === '{' ? 'key' : 'value';
      mayClose = true;
      continue;
    } else if (expected === 'value' && scalar !== undefined) {
      expected = 'separator';
    } else {
      return start;
    }
    mayClose = false;
  }
}

function after(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  pattern.test(text);
  return pattern.lastIndex;
}
