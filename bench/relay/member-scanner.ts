/** A top-level member of a message: where its value is, and the value itself if it is short. */
export interface Member {
  /** Offsets in bytes from the message's first byte (white space before its `{` included). */
  readonly start: number;
  readonly end: number;
  /** Absent for a long value, such as the data of a block. */
  readonly value?: unknown;
}

/** Consecutive bytes of one message. The last piece of a message has the members that were found. */
export interface Piece {
  readonly bytes: Buffer;
  readonly members?: ReadonlyMap<string, Member>;
}

/** Bytes that are kept of each member: the names and values that are wanted are far shorter. */
const headLimitBytes = 512;

const shortStringBytes = 32;

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Cuts a stream of JSON objects (clause wire.message.unframed) into messages, and reads only the few top-level members
 * that counting needs. It keeps at most the head of one member, so that a block of any size streams through.
 */
export class MemberScanner {
  readonly #wanted: ReadonlySet<string>;
  #members = new Map<string, Member>();
  #depth = 0;
  #inString = false;
  #escaped = false;
  #offset = 0;
  /** One character per byte. */
  #head = '';
  #memberStart = 0;
  #lost = false;

  constructor(wanted: readonly string[]) {
    this.#wanted = new Set(wanted);
  }

  /** Whether the stream contained something other than JSON objects: nothing after that can be read. */
  get lost(): boolean {
    return this.#lost;
  }

  /** Cuts a chunk at the ends of messages. The pieces together are the chunk, byte for byte. */
  push(chunk: Buffer): Piece[] {
    const pieces: Piece[] = [];
    let depth = this.#depth;
    let cut = 0;
    let memberFrom = 0;
    for (let at = this.#inString ? this.#endOfString(chunk, 0) + 1 : 0; at < chunk.length && !this.#lost; at++) {
      const byte = chunk[at];
      if (byte === quote) {
        if (depth > 0) at = this.#endOfString(chunk, at + 1);
        else this.#lost = true;
      } else if (byte === openBrace || byte === openBracket) {
        if (depth === 0) {
          if (byte === openBracket) this.#lost = true;
          memberFrom = at + 1;
          this.#beginMember(this.#offset + memberFrom - cut);
        }
        depth++;
      } else if (byte === closeBrace || byte === closeBracket) {
        if (depth === 0) this.#lost = true;
        else if (--depth === 0) {
          this.#endMember(chunk, memberFrom, at, this.#offset + at - cut);
          pieces.push({ bytes: part(chunk, cut, at + 1), members: this.#members });
          this.#members = new Map();
          this.#offset = 0;
          cut = at + 1;
        }
      } else if (depth === 1) {
        if (byte !== comma) continue;
        this.#endMember(chunk, memberFrom, at, this.#offset + at - cut);
        memberFrom = at + 1;
        this.#beginMember(this.#offset + memberFrom - cut);
      } else if (depth === 0 && byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
        this.#lost = true;
      }
    }
    this.#depth = depth;
    if (cut < chunk.length) {
      if (depth > 0) this.#look(chunk, memberFrom, chunk.length);
      this.#offset += chunk.length - cut;
      pieces.push({ bytes: part(chunk, cut, chunk.length) });
    }
    return pieces;
  }

  /** The index of the quote that ends the string, or of the chunk's last byte if the string continues. */
  #endOfString(chunk: Buffer, from: number): number {
    this.#inString = true;
    let at = from;
    // Most strings are short, and a search for their end would take longer than a look at each byte.
    for (const near = Math.min(chunk.length, from + shortStringBytes); at < near; at++) {
      if (this.#escaped) this.#escaped = false;
      else if (chunk[at] === backslash) this.#escaped = true;
      else if (chunk[at] === quote) {
        this.#inString = false;
        return at;
      }
    }
    return at === chunk.length ? at - 1 : this.#endOfLongString(chunk, at);
  }

  #endOfLongString(chunk: Buffer, from: number): number {
    let start = this.#escaped ? from + 1 : from;
    this.#escaped = false;
    for (;;) {
      const found = chunk.indexOf(quote, start);
      const end = found < 0 ? chunk.length : found;
      let slashes = 0;
      while (end - slashes > start && chunk[end - slashes - 1] === backslash) slashes++;
      const escaped = slashes % 2 === 1;
      if (found < 0) {
        this.#escaped = escaped;
        return chunk.length - 1;
      }
      if (!escaped) {
        this.#inString = false;
        return found;
      }
      start = found + 1;
    }
  }

  #beginMember(start: number): void {
    this.#memberStart = start;
    this.#head = '';
  }

  #look(chunk: Buffer, from: number, to: number): void {
    const room = headLimitBytes + 1 - this.#head.length;
    if (room > 0) this.#head += chunk.toString('latin1', from, Math.min(to, from + room));
  }

  #endMember(chunk: Buffer, from: number, to: number, end: number): void {
    this.#look(chunk, from, to);
    const head = this.#head;
    const [start, name] = /^\s*("(?:[^"\\]|\\.)*")\s*:\s*/.exec(head) ?? [];
    if (start === undefined || name === undefined) return;
    const key = plain.test(name) ? name.slice(1, -1) : parsed(Buffer.from(name, 'latin1'));
    if (typeof key !== 'string' || !this.#wanted.has(key)) return;
    const isWhole = head.length <= headLimitBytes;
    const value = isWhole ? parsed(Buffer.from(head.slice(start.length), 'latin1')) : undefined;
    this.#members.set(key, { start: this.#memberStart + start.length, end, value });
  }
}

/** A JSON string without escapes. */
const plain = /^"[ !#-[\]-~]*"$/;

function part(chunk: Buffer, from: number, to: number): Buffer {
  return from === 0 && to === chunk.length ? chunk : chunk.subarray(from, to);
}

/** The value of a member of a complete message; `undefined` if it is not valid JSON. */
export function memberValue(message: Buffer, member: Member): unknown {
  return parsed(message.subarray(member.start, member.end));
}

function parsed(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString());
  } catch {
    return undefined;
  }
}
