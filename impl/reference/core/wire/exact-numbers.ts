const quote = '"';
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Valid JSON with another number wherever JSON.parse would round one to an integer that it is not, such as
 * `3.0000000000000001` or `1e-400` (wire.types.strict-int). The same text if there is none.
 */
export function withoutRounding(json: string): string {
  if (!/\d[.eE]/.test(json)) return json;
  const parts: string[] = [];
  let copied = 0;
  for (let at = 0; at < json.length;) {
    const start = json.indexOf(quote, at);
    const end = start === -1 ? json.length : start;
    for (const match of json.slice(at, end).matchAll(number)) {
      if (!isRounded(match[0])) continue;
      parts.push(json.slice(copied, at + match.index), '0.5');
      copied = at + match.index + match[0].length;
    }
    at = start === -1 ? end : afterString(json, start);
  }
  return copied === 0 ? json : [...parts, json.slice(copied)].join('');
}

/** Whether the number is no integer, but becomes one as a double. */
function isRounded(text: string): boolean {
  return Number.isInteger(Number(text)) && !isExactInteger(text);
}

function isExactInteger(text: string): boolean {
  const [, whole = '', fraction = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE](.+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`;
  const significant = digits.replace(/0+$/, '');
  const zerosAtEnd = digits.length - significant.length;
  return significant === '' || Number(exponent) - fraction.length + zerosAtEnd >= 0;
}

/** The offset behind the string that begins at `start`. */
function afterString(json: string, start: number): number {
  for (let at = start + 1; ;) {
    const end = json.indexOf(quote, at);
    let backslashes = 0;
    while (json[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end + 1;
    at = end + 1;
  }
}
