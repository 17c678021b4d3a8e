import { expect } from 'chai';
import fc from 'fast-check';
import { checkMessage } from '../../../../schemas/validate.ts';
import { decodeBlockResponse, decodeText, encodeBlockResponse } from './block-data.ts';
import { MessageError } from './messages.ts';
import { Refused } from './responses.ts';

/** Some are around the size of a base64 slice. */
const sizes = [0, 1, 2, 3, 4, 48 * 1024 - 1, 48 * 1024, 48 * 1024 + 1, 100_000];

function binary(size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, (_, index) => (index * 7 + 200) % 256));
}

function decode(message: object): string {
  return decodeBlockResponse(Buffer.from(JSON.stringify(message)), 5).toString('latin1');
}

describe('block data', () => {
  for (const size of sizes) {
    it(`survives the round trip in base64: ${size} bytes`, () => {
      for (const keepAlive of [true, false]) {
        const response = encodeBlockResponse(5, binary(size), true, keepAlive);
        expect(decodeBlockResponse(response, 5).equals(binary(size))).to.equal(true);
        const parsed = JSON.parse(response.toString()) as Record<string, unknown>;
        expect(checkMessage('request_block.response', parsed)).to.deep.equal([]);
        expect(parsed['block_data']).to.equal(binary(size).toString('base64'));
        expect(parsed['keep_alive']).to.equal(keepAlive ? true : undefined);
      }
    });
  }

  it('is text unless base64 was asked for or the block is not text', () => {
    const text = Buffer.from('\ufeffé"\\\r\n\0 日本 😀');
    const parsed = JSON.parse(encodeBlockResponse(5, text, false, false).toString()) as Record<string, unknown>;
    expect(parsed).to.deep.equal({ status: 'success', block_index: 5, block_data: text.toString() });
    const broken = encodeBlockResponse(5, Buffer.from([0xc3]), false, true);
    expect(JSON.parse(broken.toString())).to.include({ encoding: 'base64', block_data: 'ww==', keep_alive: true });
  });

  it('survives the round trip in either form, for any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, fc.nat(99), fc.boolean(), fc.boolean(), (block, index, base64, keepAlive) => {
        const response = encodeBlockResponse(index, Buffer.from(block), base64, keepAlive);
        expect(decodeBlockResponse(response, index)).to.deep.equal(Buffer.from(block));
      }),
    );
  });

  it('is read in any key order, spacing and escaping', () => {
    expect(decode({ block_data: 'aMOp', encoding: 'base64', x: 1, block_index: 5, status: 'success' })).to.equal(
      'h\u00c3\u00a9',
    );
    const escaped = '{ "status":"success","block_index":5,"encoding":"base64","block_data":"\\u002f\\/\\/\\/" }';
    expect(decodeBlockResponse(Buffer.from(escaped), 5)).to.deep.equal(Buffer.from('////', 'base64'));
    const usual = '{"status":"success","block_index":5,"encoding":"base64","block_data":"\\/\\/\\/\\/"}';
    expect(decodeBlockResponse(Buffer.from(usual), 5)).to.deep.equal(Buffer.from('////', 'base64'));
  });

  const right = { status: 'success', block_index: 5, encoding: 'base64', block_data: 'aaaa' };
  const wrong: [string, object][] = [
    ['another block', { ...right, block_index: 6 }],
    ['an index that is a string', { ...right, block_index: '5' }],
    ['no data', { ...right, block_data: undefined }],
    ['data that is not a string', { ...right, block_data: 5 }],
    ['an unknown encoding', { ...right, encoding: 'rot13' }],
    ['an encoding that is null', { ...right, encoding: null }],
    ['base64 without padding', { ...right, block_data: 'aaa' }],
    ['base64 of the URL alphabet', { ...right, block_data: 'aa-_' }],
    ['base64 with white space', { ...right, block_data: 'aa aaa==' }],
    ['base64 with a foreign character', { ...right, block_data: 'aa!a' }],
    ['base64 beyond latin-1', { ...right, block_data: 'aa\u0161a' }],
    ['padding in the middle', { ...right, block_data: 'aa==aaaa' }],
    ['half a surrogate pair', { status: 'success', block_index: 5, block_data: 'a\ud83d' }],
    ['no status', { ...right, status: undefined }],
  ];
  for (const [title, message] of wrong) {
    it(`is wrong with ${title}`, () => {
      expect(() => decode(message)).to.throw(MessageError);
    });
  }

  it('is refused by an error response', () => {
    expect(() => decode({ status: 'error', reason: 'engasgado' })).to.throw(Refused, 'engasgado');
    expect(() => decode({ status: 'error' })).to.throw(Refused);
  });

  it('keeps whole surrogate pairs in text', () => {
    expect(decodeText('😀').toString()).to.equal('😀');
  });
});
