import { expect } from 'chai';
import fc from 'fast-check';
import { FramingError, MessageFramer, requestLimits } from './message-framer.ts';

/** Messages that are difficult to frame. */
const table: readonly [title: string, bytes: string][] = [
  ['an empty object', '{}'],
  ['a request', '{"action":"get_peers","peer_id":"A"}'],
  ['white space inside', '{ "action" :\r\n\t"get_peers" , "peer_id" : "A" }'],
  ['braces in a string', '{"a":"}{][","b":"{{{"}'],
  ['escaped quotes', '{"a":"\\"}\\"","b":"\\\\"}'],
  ['several backslashes before a quote', '{"a":"\\\\\\\\\\\\\\""}'],
  ['a unicode escape', '{"a":"\\u00e9\\ud83d\\ude00"}'],
  ['characters of two, three and four bytes', '{"é":"日本","😀":"}"}'],
  ['nested objects and arrays', '{"a":{"b":[{"c":[[]]},[]]},"d":[]}'],
  ['a brace as the last byte of a string', '{"a":["}"]}'],
  ['bytes between braces that are not JSON', '{a: [1, 2}}'],
];

function readAll(framer: MessageFramer): string[] {
  const messages: string[] = [];
  for (let bytes = framer.next(); bytes !== undefined; bytes = framer.next()) messages.push(bytes.toString());
  return messages;
}

function readInChunks(bytes: Buffer, sizes: Iterable<number>, limits = requestLimits): string[] {
  const framer = new MessageFramer(limits);
  const messages: string[] = [];
  let at = 0;
  for (const size of sizes) {
    framer.receive(bytes.subarray(at, at + size));
    messages.push(...readAll(framer));
    at += size;
  }
  framer.receive(bytes.subarray(at));
  return [...messages, ...readAll(framer)];
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof FramingError) return error.code;
    throw error;
  }
}

describe('framing', () => {
  for (const [title, message] of table) {
    const bytes = Buffer.from(message);

    it(`reads ${title}: whole`, () => {
      expect(readInChunks(bytes, [])).to.deep.equal([message]);
    });

    it(`reads ${title}: byte by byte`, () => {
      expect(readInChunks(bytes, Array<number>(bytes.length).fill(1))).to.deep.equal([message]);
    });

    it(`reads ${title}: with bytes before and after`, () => {
      const framer = new MessageFramer(requestLimits);
      framer.receive(Buffer.from(` \r\n\t${message}\n{"next":`));
      expect(readAll(framer)).to.deep.equal([message]);
      expect(framer.started).to.equal(true);
    });

    it(`waits for the end of ${title}`, () => {
      const framer = new MessageFramer(requestLimits);
      framer.receive(bytes.subarray(0, -1));
      expect(framer.next()).to.equal(undefined);
    });
  }

  it('reads any sequence of messages, cut anywhere', () => {
    const message = fc.oneof(
      fc.constantFrom(...table.map(([, bytes]) => bytes)),
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })).map((value) => JSON.stringify(value)),
    );
    const space = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(message, space)), fc.array(fc.integer({ min: 1, max: 20 })), (parts, sizes) => {
        const bytes = Buffer.from(parts.map((part) => part.join('')).join(''));
        expect(readInChunks(bytes, sizes)).to.deep.equal(parts.map(([text]) => text));
      }),
    );
  });

  for (const bytes of ['x', '[1]', '"{}"', 'null', '\u00a0{}', '\ufeff{}', '}', '\0']) {
    it(`refuses ${JSON.stringify(bytes)}`, () => {
      expect(codeOf(() => readInChunks(Buffer.from(bytes), []))).to.equal('not-an-object');
    });
  }

  it('accepts a message of exactly the size limit, and refuses one of a byte more, however it arrives', () => {
    const limits = { maxMessageBytes: 100, maxDepth: 9 };
    const ofSize = (size: number): Buffer => Buffer.from(`{"a":"${'x'.repeat(size - 8)}"}`);
    for (const sizes of [[], Array<number>(100).fill(1), [99]]) {
      expect(readInChunks(ofSize(100), sizes, limits)).to.have.length(1);
      expect(codeOf(() => readInChunks(ofSize(101), sizes, limits))).to.equal('too-large');
    }
  });

  it('refuses a message that is too large before its end has arrived', () => {
    const framer = new MessageFramer({ maxMessageBytes: 100, maxDepth: 9 });
    framer.receive(Buffer.from(`{"a":"${'x'.repeat(100)}`));
    expect(codeOf(() => framer.next())).to.equal('too-large');
  });

  it('accepts nesting up to the limit, and refuses deeper nesting', () => {
    const nested = (depth: number): Buffer => Buffer.from(`{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`);
    const limits = { maxMessageBytes: 1000, maxDepth: 20 };
    expect(readInChunks(nested(20), [], limits)).to.have.length(1);
    expect(codeOf(() => readInChunks(nested(21), [], limits))).to.equal('too-deep');
  });

  it('keeps a message intact while others arrive', () => {
    const framer = new MessageFramer(requestLimits);
    framer.receive(Buffer.from('{"a":'));
    expect(framer.next()).to.equal(undefined);
    framer.receive(Buffer.from('1}'));
    const first = framer.next();
    framer.receive(Buffer.from('{"b":'));
    framer.receive(Buffer.from('2}'));
    expect(framer.next()?.toString()).to.equal('{"b":2}');
    expect(first?.toString()).to.equal('{"a":1}');
  });
});
