import { expect } from 'chai';
import { cellCaption } from './cell-caption.ts';
import { benchTable } from './table.ts';
import { cellOf, completeRow } from '../test-support/example-results.ts';

describe('benchTable', () => {
  it("puts each peer beside the paper's peer of that name, and means beside means", () => {
    const table = benchTable(
      cellOf(3, 20, [
        completeRow('peer1', 500, 40, 70),
        completeRow('peer2', 600, 42, 60),
        completeRow('peer3', 700, 44, 50),
      ]),
      'full-speed',
    );
    expect(table.rows[1]).to.deep.include({
      measured: { seconds: 0.6, sent: 42, received: 60 },
      paper: { peerId: 'peer2', seconds: 55.11, sent: 43, received: 79 },
    });
    expect(table.measured).to.deep.equal({ seconds: 0.6, sent: 42, received: 60 });
    expect(table.paper).to.deep.equal({ seconds: 55.11, sent: 42, received: 68 });
    expect(table.factor).to.be.closeTo(91.85, 0.001);
  });

  it('takes the mean of each peer over the samples', () => {
    const table = benchTable(
      cellOf(1, 7, [completeRow('peer1', 1000, 1, 2)], [completeRow('peer1', 2000, 2, 4)]),
      'full-speed',
    );
    expect(table.rows[0]?.measured).to.deep.equal({ seconds: 1.5, sent: 1.5, received: 3 });
    expect(table).to.include({ isInPaper: false, factor: undefined, timed: 2, counted: 2 });
  });

  it('counts a peer without a file as a failure, and leaves its time out', () => {
    const dead = { peerId: 'peer1', outcome: 'exited' as const, exit: { code: 1 }, detail: 'It ended.' };
    const table = benchTable(cellOf(1, 20, [dead], [completeRow('peer1', 1000, 1, 2)], [dead]), 'full-speed');
    expect([...(table.rows[0]?.failures ?? [])]).to.deep.equal([['exited', 2]]);
    expect(table.measured).to.deep.equal({ seconds: 1, sent: 1, received: 2 });
  });

  it('takes all means over the complete peers, and says so', () => {
    const late = { ...completeRow('peer2', 9000, 4, 6), outcome: 'deadline' as const };
    const table = benchTable(cellOf(2, 20, [completeRow('peer1', 1000, 40, 60), late]), 'full-speed');
    expect(table.measured).to.deep.equal({ seconds: 1, sent: 40, received: 60 });
    expect(cellCaption(table)).to.equal(', times with the relay, means of complete peers only');
  });

  it('leaves figures out where nothing was measured, instead of zeros', () => {
    const dead = { peerId: 'peer1', outcome: 'deadline' as const, exit: {}, detail: 'Too late.' };
    expect(benchTable(cellOf(3, 20, [dead]), 'full-speed')).to.deep.include({ measured: {}, factor: undefined });
  });
});
