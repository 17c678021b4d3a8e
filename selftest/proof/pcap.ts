/** A TCP segment; `from` and `to` are ports. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** Sequence number of the first byte of the payload. */
  readonly seq: number;
  /** Whether it has the SYN flag. */
  readonly isSyn: boolean;
  readonly payload: Buffer;
}

const fileHeaderBytes = 24;
const recordHeaderBytes = 16;
const ethernet = 1;
const ethernetHeaderBytes = 14;
const tcp = 6;
const synFlag = 0x02;

/**
 * The TCP segments in a capture of IPv4 over Ethernet, the format of Linux's loopback, in little-endian pcap format
 * (https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/).
 * @throws Error if the capture has another format
 */
export function tcpSegments(capture: Buffer): Segment[] {
  const magic = capture.readUInt32LE(0);
  if (magic !== 0xa1b2c3d4 || capture.readUInt32LE(20) !== ethernet) {
    throw new Error('The capture does not consist of Ethernet packets in little-endian pcap format.');
  }
  const segments: Segment[] = [];
  for (let at = fileHeaderBytes; at < capture.length;) {
    const capturedBytes = capture.readUInt32LE(at + 8);
    const start = at + recordHeaderBytes + ethernetHeaderBytes;
    at += recordHeaderBytes + capturedBytes;
    segments.push(segmentOf(capture.subarray(start, at)));
  }
  return segments;
}

function segmentOf(ip: Buffer): Segment {
  if (ip.readUInt8(0) >> 4 !== 4 || ip.readUInt8(9) !== tcp) throw new Error('A packet is not TCP over IPv4.');
  const segment = ip.subarray((ip.readUInt8(0) & 15) * 4, ip.readUInt16BE(2));
  return {
    from: segment.readUInt16BE(0),
    to: segment.readUInt16BE(2),
    seq: segment.readUInt32BE(4),
    isSyn: (segment.readUInt8(13) & synFlag) !== 0,
    payload: segment.subarray((segment.readUInt8(12) >> 4) * 4),
  };
}
