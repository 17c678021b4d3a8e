import { expect } from 'chai';
import { Traffic } from '../relay/traffic.ts';
import { transfers } from './transfers.ts';

describe('transfers', () => {
  it('gives columns in the order of time, from the first request, with the tracker as -1', () => {
    const traffic = new Traffic();
    traffic.request(traffic.link(1, 'tracker'), 'register', 1000);
    traffic.request(traffic.link(0, 'tracker'), 'register', 1001);
    traffic.registered(1, [4, 2], 1002.006);
    traffic.transferred({ atMs: 1009.5, to: 1, from: 0, block: 0 });
    traffic.transferred({ atMs: 1007.251, to: 0, from: 1, block: 4 });
    expect(transfers(traffic)).to.deep.equal({
      atMs: [2.01, 2.01, 7.25, 9.5],
      to: [1, 1, 0, 1],
      from: [-1, -1, 1, 0],
      block: [4, 2, 4, 0],
    });
  });

  it('is empty where nothing passed', () => {
    expect(transfers(new Traffic())).to.deep.equal({ atMs: [], to: [], from: [], block: [] });
  });
});
