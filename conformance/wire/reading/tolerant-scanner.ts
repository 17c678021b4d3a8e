import { MessageScanner } from '../message-scanner.ts';
import type { Transcript } from '../transcript.ts';

const byteOrderMark = '\u00ef\u00bb\u00bf';
/** More bytes than any length or header has. */
const mostStrayBytes = 1_024;

/**
 * Cuts a byte stream into messages and reads past the bytes between them: a byte order mark, a length, a delimiter. The
 * deviations that it reads past go to the transcript.
 */
export class TolerantScanner {
  readonly #transcript: Transcript;
  readonly #scanner = new MessageScanner((byte) => this.#takeStray(byte));
  /** The bytes outside messages, one character each: those before the first message, and the others. */
  #before = '';
  #after = '';

  constructor(transcript: Transcript) {
    this.#transcript = transcript;
  }

  /** Why the stream has no message, if it has bytes and none of them begins one. */
  get strayProblem(): string | undefined {
    if (this.#before === '' || this.#scanner.completed > 0 || this.pendingBytes > 0) return undefined;
    const byte = this.#before.charCodeAt(0).toString(16).padStart(2, '0');
    return `byte 0x${byte} where a message should begin with {`;
  }

  /** What makes the stream unreadable: too many bytes before the first message. */
  get problem(): string | undefined {
    return this.#before.length > mostStrayBytes ? this.strayProblem : undefined;
  }

  /** Bytes of a message that has begun and not ended yet. */
  get pendingBytes(): number {
    return this.#scanner.pendingBytes;
  }

  /** Takes the next bytes of the stream and returns the messages that they complete, from `{` to `}`. */
  push(chunk: Buffer): Buffer[] {
    const messages = this.#scanner.push(chunk);
    if (this.#scanner.completed > 0) this.#noteStrays();
    return messages;
  }

  #takeStray(byte: number): void {
    if (this.#scanner.completed > 0) this.#after = (this.#after + String.fromCharCode(byte)).slice(0, mostStrayBytes);
    else if (this.#before.length <= mostStrayBytes) this.#before += String.fromCharCode(byte);
  }

  #noteStrays(): void {
    if ((this.#before + this.#after).includes(byteOrderMark)) this.#transcript.readPast('byte-order-mark', '');
    const before = withoutMarks(this.#before);
    const after = withoutMarks(this.#after);
    if (before !== '') this.#transcript.readPast('bytes-before', hex(before));
    // A length stands before every message of a connection.
    if (after !== '' && before === '') this.#transcript.readPast('bytes-after', hex(after));
  }
}

/** The bytes without byte order marks; the beginning of one may be the last that has arrived. */
function withoutMarks(bytes: string): string {
  return bytes.replaceAll(byteOrderMark, '').replace(/^\u00ef\u00bb?$/, '');
}

function hex(bytes: string): string {
  const shown = Buffer.from(bytes, 'latin1').subarray(0, 16).toString('hex');
  return `0x${shown}${bytes.length > 16 ? '…' : ''}`;
}
