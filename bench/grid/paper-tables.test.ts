import { expect } from 'chai';
import { mean } from 'simple-statistics';
import { paperCell, paperCells } from './paper-tables.ts';

describe("the paper's tables", () => {
  it('are six: 3 and 5 peers, each with 20, 100 and 200 blocks', () => {
    expect(paperCells.map(({ peers, blocks }) => `${peers}x${blocks}`)).to.deep.equal([
      '3x20',
      '3x100',
      '3x200',
      '5x20',
      '5x100',
      '5x200',
    ]);
    expect(paperCell(4, 20)).to.equal(undefined);
  });

  it('mark the three rows that lost loops: without those loops they are as fast as the others', () => {
    const lost = paperCells.flatMap(({ rows }) => {
      const fastest = Math.min(...rows.map(({ seconds }) => seconds));
      return rows.flatMap((row) => (row.lostLoops === undefined ? [] : { ...row, fastest }));
    });
    expect(lost.map(({ seconds }) => seconds)).to.deep.equal([58.14, 76.2, 599.57]);
    for (const { seconds, lostLoops = 0, fastest } of lost) expect(seconds - 3 * lostLoops).to.be.closeTo(fastest, 0.2);
  });

  for (const cell of paperCells) {
    it(`have a row per peer and the means of their rows at ${cell.peers} × ${cell.blocks}`, () => {
      expect(cell.rows).to.have.length(cell.peers);
      for (const [figure, slack] of [
        ['seconds', 0.01],
        ['sent', 1],
        ['received', 1],
      ] as const) {
        expect(mean(cell.rows.map((row) => row[figure]))).to.be.closeTo(cell.mean[figure], slack);
      }
    });
  }
});
