/** What is wrong with a stream of bytes that should be a sequence of JSON objects. */
export type FramingErrorCode = 'not-an-object' | 'too-large' | 'too-deep';

/** The other side broke the framing. The stream cannot be read any further. */
export class FramingError extends Error {
  override readonly name = 'FramingError';
  readonly code: FramingErrorCode;

  constructor(code: FramingErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export interface FramingLimits {
  /** From `{` to `}`. */
  readonly maxMessageBytes: number;
  /** Objects and arrays inside each other, the outermost counted. */
  readonly maxDepth: number;
}

/** What a server reads (decision 1.8): larger requests are refused, so that a stranger cannot fill the memory. */
export const requestLimits: FramingLimits = { maxMessageBytes: 64 * 1024, maxDepth: 64 };

const QUOTE = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const EMPTY = Buffer.alloc(0);

/**
 * Cuts a stream of bytes into JSON objects (decisions 1.1 and 1.2), however the bytes arrive.
 *
 * `receive` stores bytes; `next` returns the bytes of one object, or `undefined` when it needs more, and throws a
 * {@link FramingError}. It looks only for the end: whether the bytes are JSON is for the parser to tell. No byte is looked
 * at twice, and a message that arrives in one chunk is not copied.
 */
export class MessageScanner {
  readonly #limits: FramingLimits;
  /** The bytes not given out yet are `#buffer` from `#start`; those before `#position` are scanned. */
  #buffer: Buffer = EMPTY;
  #start = 0;
  #position = 0;
  /** The scanner's own memory, of which `#buffer` is the used part; empty while `#buffer` is a chunk as it came. */
  #storage: Buffer = EMPTY;
  #depth = 0;
  #inString = false;

  constructor(limits: FramingLimits) {
    this.#limits = limits;
  }

  /** Whether a message has begun that has not ended. */
  get started(): boolean {
    return this.#depth > 0;
  }

  /** Stores bytes. The chunk must not change before the messages in it are taken out. */
  receive(chunk: Buffer): void {
    if (this.#start === this.#buffer.length) {
      this.#buffer = chunk;
      this.#storage = EMPTY;
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

  /** Skips white space; true when an object begins. */
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

  /** Goes on from where it stopped; true when the object has ended. */
  #findEnd(): boolean {
    while (this.#position < this.#buffer.length) {
      if (this.#inString) {
        if (!this.#skipString()) return false;
        continue;
      }
      const byte = this.#buffer[this.#position++] as number;
      if (byte === QUOTE) this.#inString = true;
      else if (byte === openBrace || byte === 0x5b) {
        if (++this.#depth > this.#limits.maxDepth) {
          throw new FramingError('too-deep', `the message is nested deeper than ${this.#limits.maxDepth} levels`);
        }
      } else if ((byte === 0x7d || byte === 0x5d) && --this.#depth === 0) return true;
    }
    return false;
  }

  /** Jumps to the end of the string at the speed of a native search; false when it does not end here. */
  #skipString(): boolean {
    const quote = this.#buffer.indexOf(QUOTE, this.#position);
    if (quote === -1) {
      // An escape whose second half has not arrived stays unread: it is looked at when it is whole.
      const end = this.#buffer.length;
      this.#position = end - (this.#backslashesBefore(end) % 2);
      return false;
    }
    this.#inString = this.#backslashesBefore(quote) % 2 === 1;
    this.#position = quote + 1;
    return true;
  }

  #backslashesBefore(index: number): number {
    let first = index;
    while (first > this.#position && this.#buffer[first - 1] === backslash) first--;
    return index - first;
  }
}
