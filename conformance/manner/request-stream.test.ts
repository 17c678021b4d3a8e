import { expect } from 'chai';
import type { AccommodationId } from './manner.ts';
import { RequestStream } from './request-stream.ts';

describe('RequestStream', () => {
  function sent(ids: readonly AccommodationId[], ...chunks: string[]): string[] {
    const stream = new RequestStream(new Set(ids));
    return chunks.map((chunk) => {
      const { bytes, ends } = stream.push(Buffer.from(chunk));
      return bytes.toString() + (ends ? '<end>' : '');
    });
  }

  it('sends everything as it is without accommodations', () => {
    expect(sent([], ' {"a":\n1', '}')).to.deep.equal([' {"a":\n1', '}']);
  });

  it('ends a complete request, and bytes that are none, with a newline, and puts it on one line', () => {
    const ids: AccommodationId[] = ['newline-after-request'];
    expect(sent(ids, '{"a":"}', '"}')).to.deep.equal(['{"a":"}', '"}\n']);
    expect(sent(ids, '{\n"a":"x\\n"}')).to.deep.equal(['{ "a":"x\\n"}\n']);
    expect(sent(ids, 'hello')).to.deep.equal(['hello\n']);
  });

  it('closes the sending side after a complete request', () => {
    expect(sent(['half-close-after-request'], '{"a":1', '}')).to.deep.equal(['{"a":1', '}<end>']);
  });

  it('holds the pieces of a request back until it is complete', () => {
    expect(sent(['request-in-one-segment'], '{"a', '":1', '}')).to.deep.equal(['', '', '{"a":1}']);
  });

  it('leaves out fields that the protocol does not know, only where there are any', () => {
    const ids: AccommodationId[] = ['known-fields-only'];
    expect(sent(ids, '{"action":"x","note":"é"}')).to.deep.equal(['{"action":"x"}']);
    expect(sent(ids, '{"block_index":2.0}')).to.deep.equal(['{"block_index":2.0}']);
  });

  it('spells messages with spaces and escapes, and large ones as they are', () => {
    const ids: AccommodationId[] = ['spaces-in-messages', 'ascii-only'];
    expect(sent(ids, '{"a":"é,:\\"😀","b":[1,2]}')).to.deep.equal(['{"a": "\\u00e9,:\\"\\ud83d\\ude00", "b": [1, 2]}']);
    const large = `{"a":"${'é'.repeat(20_000)}"}`;
    expect(sent(ids, large)).to.deep.equal([large]);
  });
});
