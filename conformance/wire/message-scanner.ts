const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const quote = 0x22;
const backslash = 0x5c;

/**
 * Cuts a byte stream into JSON objects by their closing braces (clause `wire.message.unframed`). It looks at each byte
 * once, and only at structure; `readMessage` checks whether a message is valid JSON.
 */
export class MessageScanner {
  #parts: Buffer[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  #problem: string | undefined;
  #pendingBytes = 0;
  #completed = 0;
  #justOpened = false;
  /** Stray bytes stand before the message that begins. */
  #followsStray = false;
  readonly #onStray: ((byte: number) => void) | undefined;

  /** @param onStray takes every byte between messages that is no white space, instead of making the stream unreadable */
  constructor(onStray?: (byte: number) => void) {
    this.#onStray = onStray;
  }

  /** What made the stream unreadable: a byte other than `{` or JSON white space between messages. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** How many messages have ended. */
  get completed(): number {
    return this.#completed;
  }

  /** Bytes of a message that has begun and not ended yet. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Takes the next bytes of the stream and returns the messages that they complete, from `{` to `}`. */
  push(chunk: Buffer): Buffer[] {
    const messages: Buffer[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length && this.#problem === undefined; at += 1) {
      const byte = chunk[at] ?? 0;
      if (this.#justOpened) {
        this.#justOpened = false;
        if (this.#onStray !== undefined && !this.#mayFollowOpenBrace(byte)) {
          this.#onStray(openBrace);
          this.#followsStray = true;
          this.#depth = 0;
          this.#parts = [];
          this.#pendingBytes = 0;
        }
      }
      if (this.#depth === 0 && byte !== openBrace) {
        if (isWhiteSpace(byte)) continue;
        if (this.#onStray !== undefined) {
          this.#onStray(byte);
          this.#followsStray = true;
          continue;
        }
        this.#problem = `byte 0x${byte.toString(16).padStart(2, '0')} where a message should begin with {`;
        return messages;
      }
      if (this.#depth === 0) {
        start = at;
        this.#justOpened = true;
      }
      this.#step(byte);
      if (this.#depth === 0) {
        this.#completed += 1;
        this.#followsStray = false;
        messages.push(Buffer.concat([...this.#parts, chunk.subarray(start, at + 1)]));
        this.#parts = [];
        this.#pendingBytes = 0;
      }
    }
    if (this.#depth > 0) {
      const rest = chunk.subarray(start);
      this.#parts.push(rest);
      this.#pendingBytes += rest.length;
    }
    return messages;
  }

  /**
   * A brace that begins no message is a byte of a length: 123 is the code of `{`. Where nothing else hints at a length, any text
   * may follow, which is not JSON and shall be called so.
   */
  #mayFollowOpenBrace(byte: number): boolean {
    if (isWhiteSpace(byte) || byte === quote || byte === closeBrace) return true;
    return !this.#followsStray && byte >= 0x20 && byte !== openBrace;
  }

  #step(byte: number): void {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === backslash) this.#escaped = true;
      else if (byte === quote) this.#inString = false;
    } else if (byte === quote) this.#inString = true;
    else if (byte === openBrace || byte === openBracket) this.#depth += 1;
    else if (byte === closeBrace || byte === closeBracket) this.#depth -= 1;
  }
}

function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
