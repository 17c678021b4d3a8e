import { expect } from 'chai';
import { allCases } from '../cases/index.ts';
import { startOrder } from './start-order.ts';

describe('startOrder', () => {
  it('starts every case once, and a case that waits for intervals among the first', () => {
    const cases = [...allCases.values()];
    const order = startOrder(cases);
    expect(order).to.have.members(cases);
    expect(order).to.have.length(cases.length);
    const early = order.slice(0, 100).map(({ id }) => id);
    expect(early).to.include('peer.choking.optimistic/drawn-anew');
  });
});
