import { expect } from 'chai';
import { paperCells, type PaperCell } from '../../bench/grid/paper-tables.ts';
import { benchTable } from './table.ts';
import { cellOf, completeRow, paperPaceOf } from '../test-support/example-results.ts';
import { deviationSentence } from './paper-deviation.ts';

/** A sample with the figures of the paper's table, without its lost loops. */
function repeated({ rows }: PaperCell) {
  return rows.map(({ peerId, seconds, sent, received, lostLoops = 0 }) =>
    completeRow(peerId, (seconds - 3 * lostLoops) * 1000, sent, received),
  );
}

const cells = paperCells.map((cell) => cellOf(cell.peers, cell.blocks, repeated(cell)));

describe("a run at the paper's pace", () => {
  it("puts each figure beside the paper's of the same rank, fastest first", () => {
    // Here peer1 is the slowest and sent most.
    const cell = cellOf(3, 100, [
      completeRow('peer1', 296_000, 240, 270),
      completeRow('peer2', 295_570, 233, 429),
      completeRow('peer3', 295_600, 235, 323),
    ]);
    const { rows } = benchTable(cell, 'report');
    expect(rows.map(({ measured }) => measured)).to.deep.equal([
      { seconds: 295.57, sent: 233, received: 429 },
      { seconds: 295.6, sent: 235, received: 323 },
      { seconds: 296, sent: 240, received: 270 },
    ]);
    expect(rows.map(({ paper }) => paper.seconds)).to.deep.equal([295.57, 295.6, 295.62]);
    expect(rows[0]?.deviation).to.deep.equal({ seconds: 0, sent: 0, received: 0 });
    expect(rows[2]?.deviation?.sent).to.be.closeTo(1.69, 0.01);
  });

  it('gives equal figures of the paper different ranks', () => {
    const rows = [1, 2, 3].map((peer) => completeRow(`peer${peer}`, peer * 1000, peer, peer));
    const table = benchTable(cellOf(3, 20, rows), 'report');
    expect(table.rows.map(({ measured }) => measured.seconds)).to.deep.equal([1, 2, 3]);
  });

  it('ranks no column that lacks a figure, and still computes the means', () => {
    const rows = [1, 2].map((peer) => completeRow(`peer${peer}`, peer * 1000, peer, peer));
    const dead = { peerId: 'peer3', outcome: 'deadline' as const, exit: {} };
    const table = benchTable(cellOf(3, 20, [...rows, dead]), 'report');
    expect(table.rows.map(({ measured }) => measured)).to.deep.equal([{}, {}, {}]);
    expect(table.measured).to.deep.equal({ seconds: 1.5, sent: 1.5, received: 1.5 });
    expect(deviationSentence(paperPaceOf(cellOf(3, 20, [dead])))).to.contain('by an unavailable amount');
  });

  it('marks the three rows that lost loops in the paper', () => {
    const marked = cells.flatMap((cell) => benchTable(cell, 'report').rows.filter(({ lostLoops }) => lostLoops));
    expect(marked.map(({ peerId, paper }) => [peerId, paper.seconds])).to.deep.equal([
      ['peer4', 58.14],
      ['peer5', 76.2],
      ['peer3', 599.57],
    ]);
    expect(marked[1]?.deviation?.seconds).to.be.closeTo(-27.5, 0.1);
  });

  it('explains where and why it differs', () => {
    const sentence = deviationSentence(paperPaceOf(...cells));
    expect(sentence).to.contain('Times differ by 0.0 %, those marked * by −27.6 % to −0.5 %');
    expect(sentence).to.contain('to get 2512 blocks, the paper’s peers sent each other 3223 requests');
    expect(sentence).to.contain('at the same pace the rest is chance');
    const other = paperPaceOf(...cells);
    expect(deviationSentence({ ...other, timing: { ...other.timing, blockMs: 0 } })).to.contain('paper’s (blockMs)');
  });
});
