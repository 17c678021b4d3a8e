import { expect } from 'chai';
import { judgeTasks, type MicroRound } from './micro-verdict.ts';

function rounds(headMs: number, warnings: string[] = []): MicroRound[] {
  return Array.from({ length: 12 }, (_, at) => ({
    base: [{ name: 'task', medianMs: 1 + at / 1000, warnings: [] }],
    head: [
      { name: 'task', medianMs: headMs + at / 1000, warnings },
      { name: 'new', medianMs: 1, warnings: [] },
    ],
  }));
}

describe('judgeTasks', () => {
  it('compares the tasks that both sides have', () => {
    const [task, ...others] = judgeTasks([rounds(1.3), rounds(1.3)]);
    expect(task).to.include({ task: 'task', change: 'slower' });
    expect(task?.verdicts).to.have.length(2);
    expect(others).to.deep.equal([]);
  });

  it('ignores a change that the second batch does not show, and a measurement with a warning', () => {
    expect(judgeTasks([rounds(1.3), rounds(1)])[0]?.change).to.equal('same');
    expect(judgeTasks([rounds(1.3, ['low-distinct'])])[0]).to.deep.include({
      change: 'cannot tell',
      warnings: ['low-distinct'],
    });
  });
});
