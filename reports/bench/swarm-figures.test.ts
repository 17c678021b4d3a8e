import { expect } from 'chai';
import { cellOf, completeRow } from '../test-support/example-results.ts';
import { swarmCell } from '../test-support/example-swarm.ts';
import { swarmFigures } from './swarm-figures.ts';

describe('swarmFigures', () => {
  it('gives the time of the whole swarm, its start-up, and what its processes used', () => {
    const figures = swarmFigures(swarmCell(3, 20, 2));
    expect(figures.windowsMs).to.deep.equal([69, 76]);
    // CPU: tracker 93, peers 130, 131 and 132.
    expect(figures).to.deep.include({ medianMs: 72.5, startUpMs: 150.5, cpuMs: 486, peakMemoryBytes: 52_800_000 });
  });

  it('omits the sum of CPU time if a process is unknown', () => {
    const cell = swarmCell(3, 20, 1);
    for (const sample of cell.samples) delete sample.tracker;
    expect(swarmFigures(cell).cpuMs).to.equal(undefined);
  });

  it('omits what was not measured', () => {
    const { peers, blocks, windowsMs, ...rest } = swarmFigures(cellOf(1, 20, [completeRow('peer1', 1, 1, 1)]));
    expect([peers, blocks, windowsMs]).to.deep.equal([1, 20, []]);
    expect(Object.values(rest).every((value) => value === undefined)).to.equal(true);
  });
});
