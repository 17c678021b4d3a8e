/** A top-level member of a message: where its value stands, and the value itself when it is short. */
export interface Member {
  /** Offsets in bytes from the message's first byte (white space before its `{` included). */
  readonly start: number;
  readonly end: number;
  /** Absent for a long value, such as the data of a block. */
  readonly value?: unknown;
}

/** A run of bytes of one message. The last one of a message carries what was learned of it. */
export interface Piece {
  readonly bytes: Buffer;
  readonly members?: ReadonlyMap<string, Member>;
}

/** Bytes looked at, per member, for its name and its value: names and values of interest are far shorter. */
const headLimitBytes = 512;

const quote = 0x22;
const backslash = 0x5c;

/**
 * Follows a stream of JSON objects (clause wire.message.unframed), however it is cut into chunks: finds where each one
 * ends, and picks a few top-level members out of it on the way. It keeps no more than the head of one member, so that
 * a block of any size streams through.
 */
export class MessageSkimmer {
  readonly #wanted: ReadonlySet<string>;
  #members = new Map<string, Member>();
  #depth = 0;
  #inString = false;
  #escaped = false;
  #offset = 0;
  #head: Buffer[] = [];
  #headBytes = 0;
  #memberStart = 0;
  #lost = false;

  constructor(wanted: readonly string[]) {
    this.#wanted = new Set(wanted);
  }

  /** True once the stream turned out not to be JSON objects: nothing after that point can be told apart. */
  get lost(): boolean {
    return this.#lost;
  }

  /** Whether a message has begun and not ended. */
  get inMessage(): boolean {
    return this.#depth > 0;
  }

  /** Cuts a chunk at the ends of messages; together the pieces are the chunk, byte for byte. */
  push(chunk: Buffer): Piece[] {
    const pieces: Piece[] = [];
    let cut = 0;
    let memberFrom = 0;
    for (let at = 0; at < chunk.length && !this.#lost; at++) {
      if (this.#inString) {
        at = this.#endOfString(chunk, at);
        continue;
      }
      const byte = chunk[at];
      if (byte === quote) {
        if (this.#depth > 0) this.#inString = true;
        else this.#lost = true;
      } else if (byte === 0x7b || byte === 0x5b) {
        if (this.#depth === 0) {
          if (byte === 0x5b) this.#lost = true;
          memberFrom = at + 1;
          this.#beginMember(this.#offset + at + 1 - cut);
        }
        this.#depth++;
      } else if (byte === 0x7d || byte === 0x5d) {
        if (this.#depth === 1) {
          this.#look(chunk.subarray(memberFrom, at));
          this.#endMember(this.#offset + at - cut);
          pieces.push({ bytes: chunk.subarray(cut, at + 1), members: this.#members });
          this.#members = new Map();
          this.#offset = 0;
          cut = at + 1;
        }
        if (this.#depth === 0) this.#lost = true;
        else this.#depth--;
      } else if (byte === 0x2c && this.#depth === 1) {
        this.#look(chunk.subarray(memberFrom, at));
        this.#endMember(this.#offset + at - cut);
        memberFrom = at + 1;
        this.#beginMember(this.#offset + at + 1 - cut);
      } else if (this.#depth === 0 && byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
        this.#lost = true;
      }
    }
    if (cut < chunk.length) {
      if (this.#depth > 0) this.#look(chunk.subarray(memberFrom));
      this.#offset += chunk.length - cut;
      pieces.push({ bytes: chunk.subarray(cut) });
    }
    return pieces;
  }

  /** The index of the quote that ends the string, or of the chunk's last byte when it goes on. */
  #endOfString(chunk: Buffer, from: number): number {
    let start = from;
    if (this.#escaped) {
      this.#escaped = false;
      start++;
    }
    let at = start;
    for (;;) {
      const found = chunk.indexOf(quote, at);
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
      at = start = found + 1;
    }
  }

  #beginMember(start: number): void {
    this.#memberStart = start;
    this.#head = [];
    this.#headBytes = 0;
  }

  #look(bytes: Buffer): void {
    const room = headLimitBytes + 1 - this.#headBytes;
    if (room <= 0 || bytes.length === 0) return;
    const kept = Buffer.from(bytes.subarray(0, room));
    this.#head.push(kept);
    this.#headBytes += kept.length;
  }

  #endMember(end: number): void {
    const head = Buffer.concat(this.#head);
    const name = /^\s*("(?:[^"\\]|\\.)*")\s*:\s*/.exec(head.toString('latin1'));
    if (!name) return;
    const key = parsed(head.subarray(0, name[0].lastIndexOf(':')));
    if (typeof key !== 'string' || !this.#wanted.has(key)) return;
    const start = this.#memberStart + name[0].length;
    const value = this.#headBytes <= headLimitBytes ? parsed(head.subarray(name[0].length)) : undefined;
    this.#members.set(key, { start, end, value });
  }
}

/** The value of a member, out of the complete message that it was found in; `undefined` if it is no JSON. */
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
