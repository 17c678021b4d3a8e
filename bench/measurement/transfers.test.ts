import { expect } from 'chai';
import { MessageCounter } from '../relay/message-counter.ts';
import { transfers } from './transfers.ts';

describe('transfers', () => {
  it('gives columns in the order of time, from the first request, with the tracker as -1', () => {
    const counter = new MessageCounter();
    counter.request(counter.edge(1, 'tracker'), 'register', 1000);
    counter.request(counter.edge(0, 'tracker'), 'register', 1001);
    counter.registered(1, [4, 2], 1002.006);
    counter.transferred({ atMs: 1009.5, to: 1, from: 0, block: 0 });
    counter.transferred({ atMs: 1007.251, to: 0, from: 1, block: 4 });
    expect(transfers(counter)).to.deep.equal({
      atMs: [2.01, 2.01, 7.25, 9.5],
      to: [1, 1, 0, 1],
      from: [-1, -1, 1, 0],
      block: [4, 2, 4, 0],
    });
  });

  it('is empty without traffic', () => {
    expect(transfers(new MessageCounter())).to.deep.equal({ atMs: [], to: [], from: [], block: [] });
  });
});
