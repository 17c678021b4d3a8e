import { expect } from 'chai';
import { MessageScanner } from './message-scanner.ts';

const messages = ['{}', '{"a":"}{"}', '{"a":"\\"}","b":[{"c":1}]}', '{"a":"é\\\\"}', '{ "a" : [ 1 , { } ] }'];

describe('MessageScanner', () => {
  it('finds every message in a stream, fed at once or byte by byte', () => {
    const stream = Buffer.from(messages.join(' \r\n\t'));
    const whole = new MessageScanner().push(stream);
    const scanner = new MessageScanner();
    const single = [...stream].flatMap((byte) => scanner.push(Buffer.of(byte)));
    expect(whole.map(String)).to.deep.equal(messages);
    expect(single.map(String)).to.deep.equal(messages);
    expect(scanner.pendingBytes).to.equal(0);
  });

  it('keeps the beginning of a message', () => {
    const scanner = new MessageScanner();
    expect(scanner.push(Buffer.from(' {"a":"'))).to.deep.equal([]);
    expect(scanner.pendingBytes).to.equal(6);
    expect(scanner.push(Buffer.from('x"}')).map(String)).to.deep.equal(['{"a":"x"}']);
  });

  it('names the byte that stands where a message should begin', () => {
    const scanner = new MessageScanner();
    expect(scanner.push(Buffer.from('{}OK{}')).map(String)).to.deep.equal(['{}']);
    expect(scanner.problem).to.match(/0x4f/);
  });
});
