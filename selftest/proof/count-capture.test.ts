import { expect } from 'chai';
import { countCapture } from './count-capture.ts';
import { edgeDifferences } from './edge-differences.ts';
import { tcpSegments, type Segment } from './pcap.ts';
import { MessageCounter } from '../../bench/relay/message-counter.ts';

const ports = { tracker: 100, peers: [101, 102] };
const peerOf = (name: string): number => ['a', 'b'].indexOf(name);

function segment(from: number, to: number, seq: number, text: string, isSyn = false): Segment {
  return { from, to, seq, isSyn, payload: Buffer.from(text) };
}

/** A packet of a capture, with `extra` bytes of options in its headers. */
function packet({ from, to, seq, payload }: Segment, extra: number): Buffer {
  const tcp = Buffer.alloc(20 + extra);
  tcp.writeUInt16BE(from, 0);
  tcp.writeUInt16BE(to, 2);
  tcp.writeUInt32BE(seq, 4);
  tcp.writeUInt8((5 + extra / 4) << 4, 12);
  const ip = Buffer.alloc(20 + extra);
  ip.writeUInt8(0x45 + extra / 4, 0);
  ip.writeUInt16BE(ip.length + tcp.length + payload.length, 2);
  ip.writeUInt8(6, 9);
  const bytes = Buffer.concat([Buffer.alloc(14), ip, tcp, payload]);
  const header = Buffer.alloc(16);
  header.writeUInt32LE(bytes.length, 8);
  return Buffer.concat([header, bytes]);
}

describe('tcpSegments', () => {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt32LE(1, 20);

  it('reads segments with headers of any length', () => {
    const segments = [segment(5, 101, 7, 'abc'), segment(101, 5, 0xffffffff, '')];
    const capture = Buffer.concat([header, ...segments.map((one, i) => packet(one, 4 * i))]);
    expect(tcpSegments(capture)).to.deep.equal(segments);
  });

  it('refuses another format', () => {
    expect(() => tcpSegments(Buffer.alloc(24))).to.throw('pcap');
  });
});

describe('countCapture', () => {
  it('assembles streams with retransmissions and any segment sizes, and counts by the senders in the requests', () => {
    const request = '{"action":"request_block","sender_id":"a","block_index":4}';
    const counter = countCapture(
      [
        segment(5, 102, 0xfffffffe, '', true),
        segment(102, 5, 8, '', true),
        segment(5, 102, 4, request.slice(5)),
        segment(5, 102, 0xffffffff, request.slice(0, 10)),
        segment(102, 5, 9, '{"status":'),
        segment(102, 5, 9, '{"status":'),
        segment(102, 5, 19, '"success"}'),
        // Another connection with the same ports.
        segment(5, 102, 70, '', true),
        segment(5, 102, 71, request),
        segment(102, 5, 30, '{"status":"error"}'),
        // A connection without a request.
        segment(9, 101, 70, '', true),
        segment(8, 100, 1, '{"action":"register","peer_id":"b"}'),
      ],
      ports,
      peerOf,
    );
    expect(counter.edge(0, 1)).to.deep.include({
      connections: 2,
      requestBytes: 2 * request.length,
      responseBytes: 20 + 18,
    });
    expect(counter.edge(0, 1).requests.request_block).to.equal(2);
    expect(counter.edge(0, 1).refused.request_block).to.equal(1);
    expect(counter.transfers(0)).to.have.length(1);
    expect(counter.edge(1, 'tracker').requests.register).to.equal(1);
    expect([...counter.edges]).to.have.length(2);
  });
});

describe('edgeDifferences', () => {
  it('names each edge and figure with both counts', () => {
    const relay = new MessageCounter();
    const capture = new MessageCounter();
    relay.request(relay.edge(0, 'tracker'), 'register', 0);
    capture.request(capture.edge(0, 'tracker'), 'register', 0);
    relay.edge(0, 1).requestBytes = 7;
    capture.transferred({ atMs: 0, to: 1, from: 'tracker', block: 3 });
    expect(edgeDifferences(relay, capture)).to.deep.equal([
      'peer 1 to peer 2, requestBytes: 7 by the relay, 0 in the capture',
      'peer 2 to tracker, block 3: 0 by the relay, 1 in the capture',
    ]);
    expect(edgeDifferences(relay, relay)).to.deep.equal([]);
  });
});
