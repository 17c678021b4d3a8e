import { expect } from 'chai';
import { trackerCase, type Case } from '../cases/case.ts';
import { CaseQueue } from './case-queue.ts';

describe('CaseQueue', () => {
  const timing = { startMs: 0, unchokeMs: 500, infoMs: 500, peersMs: 200, blockMs: 0 };
  const item = (id: string, sharedBy?: string): Case =>
    trackerCase(
      `tracker.register.success/${id}`,
      '',
      () => Promise.resolve(),
      sharedBy === undefined ? {} : { sharedBy },
    );

  it('gives each case once', () => {
    const cases = [item('a', 'g'), item('b'), item('c', 'g'), item('d', 'h')];
    const queue = new CaseQueue(cases, timing);
    expect(cases.map(() => queue.next())).to.have.members(cases);
    expect(queue.next()).to.equal(undefined);
  });

  it('lets two cases of a group run at a time while there are others', () => {
    const [a, b, c, d] = [item('a', 'g'), item('b', 'g'), item('c', 'g'), item('d')];
    const queue = new CaseQueue([a, b, c, d], timing);
    expect([queue.next(), queue.next(), queue.next()]).to.have.members([a, b, d]);
    queue.ended(a);
    expect(queue.next()).to.equal(c);
  });

  it('leaves no job idle when only cases of one group are left', () => {
    const cases = [item('a', 'g'), item('b', 'g'), item('c', 'g')];
    const queue = new CaseQueue(cases, timing);
    expect(cases.map(() => queue.next())).to.have.members(cases);
  });
});
