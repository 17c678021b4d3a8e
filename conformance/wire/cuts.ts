/** A character of several bytes or an escape in the text of a message, and the offset of its first byte. */
export interface Unit {
  readonly text: string;
  readonly at: number;
  readonly sizeBytes: number;
}

const surrogates = '\\\\u[dD][89abAB]..\\\\u....';
const unit = new RegExp(`${surrogates}|\\\\u....|\\\\.|[^\\x00-\\x7f]`, 'gu');

/** Every character or escape of several bytes in a JSON text, in order: a careless reader may break if a segment ends there. */
export function unitsOf(json: string): Unit[] {
  return [...json.matchAll(unit)].map((match) => ({
    text: match[0],
    at: Buffer.byteLength(json.slice(0, match.index)),
    sizeBytes: Buffer.byteLength(match[0]),
  }));
}

/** The bytes, cut at these ascending offsets. */
export function cutAt(bytes: Buffer, offsets: readonly number[]): Buffer[] {
  return [0, ...offsets].map((from, n) => bytes.subarray(from, offsets[n] ?? bytes.length));
}
