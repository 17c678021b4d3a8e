export type FramingErrorCode = 'not-an-object' | 'too-large' | 'too-deep';

/** The bytes are not a sequence of JSON objects. The stream cannot be read any further. */
export class FramingError extends Error {
  override readonly name = 'FramingError';
  readonly code: FramingErrorCode;

  constructor(code: FramingErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export interface FramingLimits {
  /** From `{` to `}`, both included. */
  readonly maxMessageBytes: number;
  /** Levels of nested objects and arrays, the outermost included. */
  readonly maxDepth: number;
}

/** A server refuses larger requests, so that no client can fill its memory (wire.size.may-refuse-larger). */
export const requestLimits: FramingLimits = { maxMessageBytes: 64 * 1024, maxDepth: 64 };

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const openBracket = 0x5b;
const empty = Buffer.alloc(0);

/**
 * Cuts a stream of bytes into JSON objects, however the bytes arrive (wire.message.unframed, wire.server.acts-on-closing-brace,
 * wire.client.reads-to-closing-brace).
 *
 * `receive` stores bytes; `next` returns the bytes of one object, or `undefined` when it needs more, and throws a
 * {@link FramingError}. It only finds the end: the parser checks whether the bytes are JSON. No byte is examined twice, and a
 * message that arrives in one chunk is not copied.
 */
export class MessageFramer {
  readonly #limits: FramingLimits;
  /** The bytes not returned yet are `#buffer` from `#start`; those before `#position` are examined. */
  #buffer: Buffer = empty;
  #start = 0;
  #position = 0;
  /** The framer's own memory, of which `#buffer` is the used part; empty while `#buffer` is a chunk as received. */
  #storage: Buffer = empty;
  #depth = 0;
  #inString = false;

  constructor(limits: FramingLimits) {
    this.#limits = limits;
  }

  /** Whether a message has begun but not ended. */
  get started(): boolean {
    return this.#depth > 0;
  }

  /** Stores bytes. The chunk must not change before the messages in it are read. */
  receive(chunk: Buffer): void {
    if (this.#start === this.#buffer.length) {
      this.#buffer = chunk;
      this.#storage = empty;
      this.#start = this.#position = 0;
    } else {
      this.#append(chunk);
    }
  }

  /** The bytes of the next message, valid until the next `receive`, or `undefined` when more are needed. */
  next(): Buffer | undefined {
    if (this.#depth === 0 && !this.#findStart()) return undefined;
    const complete = this.#findEnd();
    if (this.#position - this.#start > this.#limits.maxMessageBytes) {
      throw new FramingError('too-large', `the message is larger than ${this.#limits.maxMessageBytes} bytes`);
    }
    if (!complete) return undefined;
    const message = this.#buffer.subarray(this.#start, this.#position);
    this.#start = this.#position;
    return message;
  }

  #append(chunk: Buffer): void {
    const used = this.#buffer.length;
    if (used + chunk.length > this.#storage.length) {
      const pending = used - this.#start;
      this.#storage = Buffer.allocUnsafe(Math.max(2 * (pending + chunk.length), 1024));
      this.#buffer.copy(this.#storage, 0, this.#start);
      this.#position -= this.#start;
      this.#start = 0;
      chunk.copy(this.#storage, pending);
      this.#buffer = this.#storage.subarray(0, pending + chunk.length);
    } else {
      chunk.copy(this.#storage, used);
      this.#buffer = this.#storage.subarray(0, used + chunk.length);
    }
  }

  /** Skips white space. True if an object begins. */
  #findStart(): boolean {
    for (; this.#position < this.#buffer.length; this.#position++) {
      const byte = this.#buffer[this.#position];
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
      this.#start = this.#position;
      if (byte !== openBrace)
        throw new FramingError('not-an-object', 'a message is one JSON object, so it begins with {');
      return true;
    }
    this.#start = this.#position;
    return false;
  }

  /** Continues at `#position`. True if the object has ended. */
  #findEnd(): boolean {
    while (this.#position < this.#buffer.length) {
      if (this.#inString) {
        if (!this.#skipString()) return false;
        continue;
      }
      const byte = this.#buffer[this.#position++] as number;
      if (byte === quote) this.#inString = true;
      else if (byte === openBrace || byte === openBracket) {
        if (++this.#depth > this.#limits.maxDepth) {
          throw new FramingError('too-deep', `the message is nested deeper than ${this.#limits.maxDepth} levels`);
        }
      } else if ((byte === 0x7d || byte === 0x5d) && --this.#depth === 0) return true;
    }
    return false;
  }

  /** Finds the end of the string with a native search. False if the string does not end in the buffer. */
  #skipString(): boolean {
    const end = this.#buffer.indexOf(quote, this.#position);
    if (end === -1) {
      // Half an escape at the end stays unread until its other half has arrived.
      const { length } = this.#buffer;
      this.#position = length - (this.#backslashesBefore(length) % 2);
      return false;
    }
    this.#inString = this.#backslashesBefore(end) % 2 === 1;
    this.#position = end + 1;
    return true;
  }

  #backslashesBefore(index: number): number {
    let first = index;
    while (first > this.#position && this.#buffer[first - 1] === backslash) first--;
    return index - first;
  }
}
