import { expect } from 'chai';
import { noOutput } from '../../../launch/process/program-output.ts';
import { checkStart } from './check-starts.ts';
import type { StartTimes } from './start-times.ts';
import type { FailedStart } from './try-start.ts';

const ended: FailedStart = { message: 'It ended.', isRunning: false, output: { stdout: 'hello', stderr: '' } };
const hung: FailedStart = { message: 'It is silent.', isRunning: true, output: noOutput };

describe('checkStart', () => {
  async function check(...outcomes: (StartTimes | FailedStart)[]) {
    const limits: number[] = [];
    const start = await checkStart('peer', 15_000, (limitMs) => {
      limits.push(limitMs);
      return Promise.resolve(outcomes.shift() ?? ended);
    });
    return { start, limits };
  }

  it('takes the first start that works', async () => {
    const { start, limits } = await check({ ms: 300, cpuMs: 90 });
    expect(start).to.deep.equal({ verdict: 'starts', ms: 300, cpuMs: 90 });
    expect(limits).to.deep.equal([15_000]);
  });

  it('tries once more before it says anything, and longer if the program was running', async () => {
    expect((await check(ended, { ms: 300, cpuMs: 90 })).start.verdict).to.equal('starts');
    expect((await check(hung, { ms: 14_000, cpuMs: 90 })).start.verdict).to.equal('starts');
    const slow = await check(hung, { ms: 21_000, cpuMs: 20_000 });
    expect(slow.limits).to.deep.equal([15_000, 30_000]);
    expect(slow.start.verdict).to.equal('starts-too-slowly');
    expect(slow.start.message).to.contain('21.0 s').and.contain('timing.startMs');
  });

  it('says why a program does not start, with what it printed', async () => {
    const { start } = await check(ended, ended);
    expect(start).to.deep.equal({ verdict: 'does-not-start', message: 'It ended.', stdout: 'hello' });
    expect((await check(hung, hung)).start.verdict).to.equal('does-not-start');
  });
});
