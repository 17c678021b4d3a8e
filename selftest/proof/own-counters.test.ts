import { expect } from 'chai';
import { MessageCounter } from '../../bench/relay/message-counter.ts';
import { counterDifferences } from './own-counters.ts';

describe('counterDifferences', () => {
  const telling = (sent: object, received: object) => ({
    stdout: () => `{"event":"listening"}\n${JSON.stringify({ event: 'counters', sent, received })}\n`,
  });

  function seen(): MessageCounter {
    const counter = new MessageCounter();
    counter.request(counter.edge(0, 'tracker'), 'register', 0);
    counter.request(counter.edge(0, 1), 'request_block', 0);
    return counter;
  }

  it('is empty where the programs counted the same', () => {
    const peers = [telling({ register: 1, request_block: 1 }, {}), telling({}, { request_block: 1 })];
    expect(counterDifferences(seen(), telling({}, { register: 1 }), peers)).to.deep.equal([]);
  });

  it('states both counts, by action and direction', () => {
    const peers = [telling({ register: 1 }, {}), telling({}, { request_block: 2 })];
    expect(counterDifferences(seen(), telling({}, {}), peers)).to.deep.equal([
      'peer 1 sent request_block: 1 by the relay, 0 by its own count',
      'peer 2 received request_block: 1 by the relay, 2 by its own count',
      'the tracker received register: 1 by the relay, 0 by its own count',
    ]);
  });

  it('refuses a log without counters', () => {
    expect(() => counterDifferences(seen(), { stdout: () => '{"event":"listening"}' }, [])).to.throw();
  });
});
