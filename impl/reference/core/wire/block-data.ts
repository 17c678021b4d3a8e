import { isUtf8 } from 'node:buffer';
import { isInteger, MessageError, parseMessage } from './messages.ts';
import { checkStatus } from './responses.ts';

/** Raw bytes per slice of base64: a multiple of 3, and below the size where V8's strings become several times slower. */
const sliceBytes = 48 * 1024;
const sliceChars = (sliceBytes / 3) * 4;
const quote = 0x22;
const equalsSign = 0x3d;
/** The decoder takes these two of the URL alphabet for + and /. */
const urlAlphabetOnly = [0x2d, 0x5f];

/**
 * A block is sent as base64 only if `base64Asked`, or if it is not text (file.encoding.only-when-asked,
 * file.encoding.binary-always).
 */
export function encodeBlockResponse(index: number, block: Buffer, base64Asked: boolean, keepAlive: boolean): Buffer {
  const end = keepAlive ? ',"keep_alive":true}' : '}';
  if (base64Asked || !isUtf8(block)) return encodeBase64(base64Head(index), block, `"${end}`);
  return Buffer.from(`${head(index)}"block_data":${JSON.stringify(block.toString('utf8'))}${end}`);
}

/**
 * The bytes of the block in a response to a request for block `index`. Throws `Refused` for an error response, and a
 * {@link MessageError} for a wrong answer (peer.wrong-answers.survived).
 */
export function decodeBlockResponse(message: Buffer, index: number): Buffer {
  return decodeUsualForm(message, index) ?? decodeAnyForm(message, index);
}

/** The bytes of a block's text. Throws a {@link MessageError} if it cannot be UTF-8. */
export function decodeText(text: string): Buffer {
  if (/\p{Surrogate}/u.test(text)) throw new MessageError('block_data has half of a surrogate pair');
  return Buffer.from(text, 'utf8');
}

function head(index: number): string {
  return `{"status":"success","block_index":${index},`;
}

function base64Head(index: number): string {
  return `${head(index)}"encoding":"base64","block_data":"`;
}

function encodeBase64(start: string, block: Buffer, end: string): Buffer {
  const base64Length = Math.ceil(block.length / 3) * 4;
  const response = Buffer.allocUnsafe(start.length + base64Length + end.length);
  let position = response.write(start, 0, 'latin1');
  for (let from = 0; from < block.length; from += sliceBytes) {
    position += response.write(block.toString('base64', from, from + sliceBytes), position, 'latin1');
  }
  response.write(end, position, 'latin1');
  return response;
}

/** Reads a base64 response as this implementation writes it, without parsing the JSON; undefined for any other. */
function decodeUsualForm(message: Buffer, index: number): Buffer | undefined {
  const start = base64Head(index);
  if (message.toString('latin1', 0, start.length) !== start) return undefined;
  const end = message.indexOf(quote, start.length);
  const rest = message.toString('latin1', end, end + 32);
  if (rest !== '"}' && rest !== '","keep_alive":true}') return undefined;
  return decodeBase64(message, start.length, end);
}

/** Decodes `source[from … to)`; undefined if it is not padded base64 (RFC 4648 section 4). */
function decodeBase64(source: Buffer, from: number, to: number): Buffer | undefined {
  const length = to - from;
  if (length % 4 !== 0 || urlAlphabetOnly.some((character) => isIn(source, from, to, character))) return undefined;
  const padding = length === 0 || source[to - 1] !== equalsSign ? 0 : source[to - 2] !== equalsSign ? 1 : 2;
  const block = Buffer.allocUnsafe((length / 4) * 3 - padding);
  let written = 0;
  for (let at = from; at < to; at += sliceChars) {
    // The decoder skips characters outside its alphabet, so a length that is too small reveals them.
    written += block.write(source.toString('latin1', at, Math.min(at + sliceChars, to)), written, 'base64');
  }
  return written === block.length ? block : undefined;
}

function isIn(source: Buffer, from: number, to: number, character: number): boolean {
  const at = source.indexOf(character, from);
  return at !== -1 && at < to;
}

function decodeAnyForm(message: Buffer, index: number): Buffer {
  const response = parseMessage(message);
  checkStatus(response);
  const { block_index, block_data, encoding } = response;
  if (!isInteger(block_index) || block_index !== index) throw new MessageError('the answer is about another block');
  if (typeof block_data !== 'string') throw new MessageError('block_data must be a string');
  if (encoding === undefined) return decodeText(block_data);
  if (encoding !== 'base64') throw new MessageError('the encoding is unknown');
  const base64 = Buffer.from(block_data, 'latin1');
  const block = base64.toString('latin1') === block_data ? decodeBase64(base64, 0, base64.length) : undefined;
  if (block === undefined) throw new MessageError('block_data is not base64');
  return block;
}
