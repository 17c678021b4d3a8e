import { expect } from 'chai';
import { trackerCase } from '../cases/case.ts';
import { allCases } from '../cases/index.ts';
import { startOrder } from './start-order.ts';

describe('startOrder', () => {
  const timing = { startMs: 0, unchokeMs: 500, infoMs: 500, peersMs: 200, blockMs: 0 };

  it('starts every case once, and a case that waits for intervals among the first', () => {
    const cases = [...allCases.values()].filter(({ thoroughMs }) => thoroughMs === undefined);
    const order = startOrder(cases, timing);
    expect(order).to.have.members(cases);
    expect(order).to.have.length(cases.length);
    const early = order.slice(0, 100).map(({ id }) => id);
    expect(early).to.include('peer.choking.optimistic/drawn-anew');
  });

  it('starts the longest thorough case first', () => {
    const lasting = (id: string, ms: number) =>
      trackerCase(`tracker.register.success/${id}`, '', () => Promise.resolve(), { thoroughMs: () => ms });
    const usual = trackerCase('tracker.register.success/usual', '', () => Promise.resolve());
    const order = startOrder([usual, lasting('short', 10), lasting('long', 20)], timing);
    expect(order.map(({ id }) => id.split('/')[1])).to.deep.equal(['long', 'short', 'usual']);
  });
});
