import { expect } from 'chai';
import { createProcess, writeExecutables } from './start-gate.ts';

describe('start gate', () => {
  it('creates no process while a file is written, and lets no new copy overtake one that waits', async () => {
    const order: string[] = [];
    let endFirst = (): void => undefined;
    const first = writeExecutables(() => new Promise<void>((resolve) => (endFirst = resolve)));
    const process = createProcess(() => order.push('process'));
    const second = writeExecutables(() => Promise.resolve(order.push('second copy')));
    expect(order).to.deep.equal([]);
    endFirst();
    await Promise.all([first, process, second]);
    expect(order).to.deep.equal(['process', 'second copy']);
  });

  it('goes on after a copy and a start that fail', async () => {
    const failures = [
      writeExecutables(() => Promise.reject(new Error('no space'))),
      createProcess(() => {
        throw new Error('no such program');
      }),
    ];
    const outcomes = await Promise.allSettled(failures);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    expect(await createProcess(() => 'created')).to.equal('created');
  });
});
