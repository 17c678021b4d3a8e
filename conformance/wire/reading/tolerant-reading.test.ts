import { expect } from 'chai';
import { Transcript } from '../transcript.ts';
import { seenDeviations } from './deviations.ts';
import { readTolerantly } from './read-tolerantly.ts';
import { TolerantScanner } from './tolerant-scanner.ts';

/** Reads a stream whose pieces arrive one after the other. @returns the messages, and the kinds of deviations */
function read(...pieces: (Buffer | string)[]): { values: unknown[]; kinds: string[]; problem: string | undefined } {
  const transcript = new Transcript();
  const scanner = new TolerantScanner(transcript);
  const messages = pieces.flatMap((piece) => scanner.push(Buffer.from(piece as string)));
  const values = messages
    .map((bytes) => readTolerantly(bytes, transcript))
    .map((it) => ('value' in it ? it.value : it));
  return { values, kinds: [...transcript.deviations.keys()], problem: scanner.strayProblem };
}

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('tolerant reading', () => {
  const message = '{"status":"success","peers":[]}';
  const value = JSON.parse(message) as unknown;
  const mark = [0xef, 0xbb, 0xbf];

  const streams: readonly { what: string; stream: Buffer; kinds: string[] }[] = [
    { what: 'nothing odd, white space around', stream: bytes('\r\n', message, '\n'), kinds: [] },
    { what: 'a byte order mark', stream: bytes(mark, message), kinds: ['byte-order-mark'] },
    { what: 'a binary length', stream: bytes([0, 0, 0, 31], message), kinds: ['bytes-before'] },
    { what: 'a decimal length and a newline', stream: bytes('31\n', message), kinds: ['bytes-before'] },
    { what: 'a header of HTTP', stream: bytes('HTTP/1.1 200 OK\r\n\r\n', message), kinds: ['bytes-before'] },
    { what: 'a length and a mark', stream: bytes([0, 34], mark, message), kinds: ['byte-order-mark', 'bytes-before'] },
    { what: 'a NUL byte after it', stream: bytes(message, [0]), kinds: ['bytes-after'] },
    { what: 'text after it', stream: bytes(message, 'bye}'), kinds: ['bytes-after'] },
  ];
  for (const { what, stream, kinds } of streams) {
    it(`reads a message with ${what}, at once and byte by byte`, () => {
      expect(read(stream)).deep.equals({ values: [value], kinds, problem: undefined });
      const pieces = [...stream].map((byte) => Buffer.of(byte));
      expect(read(...pieces)).deep.equals({ values: [value], kinds, problem: undefined });
    });
  }

  it('takes a length of 123, whose last byte is a brace, for a length', () => {
    const long = `{"status":"success","note":"${'x'.repeat(93)}"}`;
    expect(long).length(123);
    for (const length of [
      [0, 0, 0, 123],
      [123, 0, 0, 0],
      [0, 0, 123, 65],
    ]) {
      expect(read(bytes(length, long))).deep.equals({
        values: [JSON.parse(long)],
        kinds: ['bytes-before'],
        problem: undefined,
      });
    }
  });

  it('takes a length before every message for nothing else', () => {
    const { values, kinds } = read(bytes([0, 31], message), bytes([0, 31], message));
    expect(values).deep.equals([value, value]);
    expect(kinds).deep.equals(['bytes-before']);
  });

  it('says what stands where a message should begin', () => {
    expect(read('500 Internal Server Error\r\n').problem).equals('byte 0x35 where a message should begin with {');
    expect(read('[]').values).deep.equals([]);
  });

  it('does not read what is no JSON object', () => {
    expect(read('{"a":}').values[0])
      .property('problem')
      .matches(/not JSON/);
    expect(read(bytes('{"a":"', [0xff], '"]}')).values[0]).deep.equals({ problem: 'its bytes are not UTF-8' });
  });

  const spellings: readonly [what: string, sent: Buffer, meant: object, kind: string][] = [
    ['Latin-1', Buffer.from('{"reason":"não"}', 'latin1'), { reason: 'não' }, 'latin-1'],
    ['a raw newline', Buffer.from('{"block_data":"a\nb\\n"}'), { block_data: 'a\nb\n' }, 'raw-control-character'],
    ['"OK"', Buffer.from('{"status":"OK"}'), { status: 'success' }, 'status-spelling'],
    ['"Error"', Buffer.from('{"status":"Error"}'), { status: 'error' }, 'status-spelling'],
    [
      'an index as text',
      Buffer.from('{"status":"success","block_index":"3"}'),
      { status: 'success', block_index: 3 },
      'block-index',
    ],
    ['initial blocks as text', Buffer.from('{"initial_blocks":["0",1]}'), { initial_blocks: [0, 1] }, 'initial-blocks'],
    ['numbers for booleans', Buffer.from('{"blocks_info":[1,0]}'), { blocks_info: [true, false] }, 'blocks-info'],
    [
      'an object for a list',
      Buffer.from('{"blocks_info":{"0":1,"1":0}}'),
      { blocks_info: [true, false] },
      'blocks-info',
    ],
    [
      'an index of a request as text',
      Buffer.from('{"action":"request_block","block_index":"3"}'),
      { action: 'request_block', block_index: 3 },
      'request',
    ],
  ];
  for (const [what, sent, meant, kind] of spellings) {
    it(`reads ${what} as it was meant`, () => {
      expect(read(sent)).deep.equals({ values: [meant], kinds: [kind], problem: undefined });
    });
  }

  it('puts the fields of an entry of a list of peers right', () => {
    const { values, kinds } = read('{"peers":[{"id":"ana","host":"10.0.0.1","port":"5001"}]}');
    expect(values).nested.property('[0].peers[0]').includes({ peer_id: 'ana', ip: '10.0.0.1', port: 5001 });
    expect(kinds).deep.equals(['peer-entry']);
  });

  it('changes nothing that has no other sense', () => {
    const sent = { status: 'pending', block_index: 'three', peers: [null], blocks_info: 'all', initial_blocks: [1.5] };
    expect(read(JSON.stringify(sent))).deep.equals({ values: [sent], kinds: [], problem: undefined });
  });

  it('keeps fields with the names of inherited ones', () => {
    const [message] = read('{"__proto__":{"status":"error"},"status":"ok"}').values;
    expect(JSON.stringify(message)).equals('{"__proto__":{"status":"error"},"status":"success"}');
  });

  it('names the clause of each deviation by the role', () => {
    const seen = new Map([['block-index', '{"block_index":"3"}']] as const);
    expect(seenDeviations(seen, 'tracker')).deep.equals([
      {
        clause: 'tracker.block.serves',
        expected: 'block_index as an int',
        actual: 'a block_index that is a string: {"block_index":"3"}',
        sentence: 'Judged in spite of a block_index that is a string (tracker.block.serves).',
      },
    ]);
    expect(seenDeviations(seen, 'peer')[0]?.clause).equals('peer.request-block.serves');
  });
});
