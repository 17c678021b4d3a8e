import { expect } from 'chai';
import fc from 'fast-check';
import { MemberScanner } from './member-scanner.ts';

interface Seen {
  bytes: string;
  values: Record<string, unknown>;
}

function scan(chunks: Buffer[], wanted = ['action', 'status', 'block_index']): Seen[] {
  const skimmer = new MemberScanner(wanted);
  const seen: Seen[] = [];
  let open: Buffer[] = [];
  for (const chunk of chunks) {
    for (const { bytes, members } of skimmer.push(chunk)) {
      open.push(bytes);
      if (!members) continue;
      const values = Object.fromEntries([...members].map(([key, member]) => [key, member.value]));
      seen.push({ bytes: Buffer.concat(open).toString(), values });
      open = [];
    }
  }
  return seen;
}

function everyByte(text: string): Buffer[] {
  return Array.from(Buffer.from(text), (byte) => Buffer.from([byte]));
}

const messages: [string, Record<string, unknown>][] = [
  ['{"action":"register","peer_id":"A","listen_port":1}', { action: 'register' }],
  ['\n { "x" : {"action":"no"} , "action" : "get_peers" } ', { action: 'get_peers' }],
  ['{"\\u0061ction":"peer_offline","z":"\\\\\\"}{"}', { action: 'peer_offline' }],
  ['{"block_data":"é}\\"{","status":"success","block_index": 7}', { status: 'success', block_index: 7 }],
  ['{"status":"error","status":"success"}', { status: 'success' }],
  ['{}', {}],
  ['{"action":[1,{"a":"]"}],"block_index":true}', { action: [1, { a: ']' }], block_index: true }],
  ['{"a":"\\\\","action":"x"}', { action: 'x' }],
];

describe('MemberScanner', () => {
  for (const [text, values] of messages) {
    it(`reads ${JSON.stringify(text)} whole, byte by byte, and between other messages`, () => {
      for (const chunks of [
        [Buffer.from(text)],
        everyByte(text),
        [Buffer.from(`{"action":"a"}${text}{"action":"b"}`)],
      ]) {
        expect(scan(chunks).map((message) => message.values)).to.deep.include(values);
      }
      expect(scan(everyByte(text))[0]?.bytes).to.equal(text.trimEnd());
    });
  }

  it('finds the same messages however the bytes are cut', () => {
    const stream = Buffer.from(messages.map(([text]) => text).join(''));
    const whole = scan([stream]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const chunks = edges.slice(1).map((edge, at) => stream.subarray(edges[at], edge));
        expect(scan(chunks)).to.deep.equal(whole);
      }),
    );
  });

  it('loses no byte: the pieces are the chunk', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.json(), (noise, json) => {
        const chunk = Buffer.concat([Buffer.from(`{"a":${json}}`), noise]);
        const pieces = new MemberScanner(['a']).push(chunk);
        expect(Buffer.concat(pieces.map((piece) => piece.bytes)).equals(chunk)).to.equal(true);
      }),
    );
  });

  it('agrees with JSON.parse on the wanted members of any object', () => {
    const value = fc.jsonValue({ maxDepth: 2 }).filter((json) => JSON.stringify(json).length < 120);
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 20 }), value), value, (object, action) => {
        const text = JSON.stringify({ ...object, action });
        const parsed = JSON.parse(text) as { action: unknown };
        expect(scan(everyByte(text), ['action'])).to.deep.equal([{ bytes: text, values: { action: parsed.action } }]);
      }),
    );
  });

  it('gives the position of a long value', () => {
    const value = JSON.stringify(['x'.repeat(2000)]);
    const text = ` {"peers" : ${value},"status":"success"}`;
    const [piece] = new MemberScanner(['peers']).push(Buffer.from(text));
    const member = piece?.members?.get('peers');
    expect(member?.value).to.equal(undefined);
    expect(text.slice(member?.start, member?.end)).to.equal(value);
  });

  it('streams a long block without keeping it, in linear time', () => {
    const skimmer = new MemberScanner(['status']);
    const block = Buffer.alloc(1 << 20, '\\"');
    skimmer.push(Buffer.from('{"block_data":"'));
    for (let i = 0; i < 32; i++) expect(skimmer.push(block)).to.have.length(1);
    const [last] = skimmer.push(Buffer.from('","status":"error"}'));
    expect(last?.members?.get('status')?.value).to.equal('error');
  });

  for (const garbage of ['hello', '"{}"', '[1]', '}', '{}x', '\ufeff{}', '\0']) {
    it(`is lost after ${JSON.stringify(garbage)}`, () => {
      const skimmer = new MemberScanner([]);
      skimmer.push(Buffer.from(garbage));
      expect(skimmer.lost).to.equal(true);
    });
  }
});
