import type { Manner } from './manner.ts';
import { MessageScanner } from '../wire/message-scanner.ts';
import { respell } from './respell.ts';

/** What to write to the socket. */
interface Outgoing {
  readonly bytes: Buffer;
  /** Whether the sending side is to be closed after it. */
  readonly ends: boolean;
}

/** The requests that are sent over one connection, adapted to a manner. Bytes that are no message are sent as they are. */
export class RequestStream {
  readonly #manner: Manner;
  readonly #scanner = new MessageScanner();
  #held: Buffer[] = [];

  constructor(manner: Manner) {
    this.#manner = manner;
  }

  push(given: Buffer): Outgoing {
    if (this.#manner.size === 0) return { bytes: given, ends: false };
    const bytes = this.#manner.has('newline-after-request') ? onOneLine(given) : given;
    const begins = this.#scanner.pendingBytes === 0;
    const messages = this.#scanner.push(bytes);
    const isWhole = this.#scanner.problem !== undefined || (messages.length > 0 && this.#scanner.pendingBytes === 0);
    if (!isWhole && this.#manner.has('request-in-one-segment')) {
      this.#held.push(bytes);
      return { bytes: Buffer.alloc(0), ends: false };
    }
    const isOneMessage = begins && messages.length === 1 && messages[0]?.length === bytes.length;
    const spelled = isOneMessage ? respell(bytes, this.#manner, 'request') : bytes;
    const end = isWhole && this.#manner.has('newline-after-request') ? '\n' : '';
    return {
      bytes: Buffer.concat([...this.#held.splice(0), spelled, Buffer.from(end)]),
      ends: isWhole && this.#manner.has('half-close-after-request'),
    };
  }
}

/** The bytes with a space for each line break between the parts of a message: they end only at its end. */
function onOneLine(bytes: Buffer): Buffer {
  const text = bytes
    .toString('latin1')
    .replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[\r\n]/gs, (part) => (part.length > 1 ? part : ' '));
  return Buffer.from(text, 'latin1');
}
