import { expect } from 'chai';
import { UsageError } from '../../launch/usage-error.ts';
import { capacity, checkCapacity, checkMemory } from './capacity.ts';

const small = { leasedPorts: 1_000, ephemeralPorts: 20_000, openFiles: 30_000, memoryBytes: 1e9 };

const own = (peers: number, runKind: 'counting' | 'timing' = 'counting') => ({ peers, peersPerProcess: 1, runKind });

function refusal(check: () => void): string {
  try {
    check();
  } catch (error) {
    expect(error).to.be.instanceOf(UsageError);
    return (error as Error).message;
  }
  return '';
}

describe('checkCapacity', () => {
  it('accepts the swarms of the paper', () => {
    checkCapacity([own(5)]);
    checkMemory(own(5), process.pid);
    for (const value of Object.values(capacity())) expect(value).to.be.greaterThan(0);
  });

  it('limits counting runs by ports and open files, and says what would be enough', () => {
    expect(refusal(() => checkCapacity([own(150)], small))).to.match(/22500 ports.*--pass timing, or at most 100/);
    expect(refusal(() => checkCapacity([own(110)], small))).to.match(/36300 open files.*ulimit/);
    checkCapacity([own(100)], small);
    checkCapacity([own(999, 'timing')], small);
    expect(refusal(() => checkCapacity([own(400, 'timing')], { ...small, openFiles: 1024 }))).to.match(
      /1300 open files.*1024 \(ulimit/,
    );
    checkCapacity([{ peers: 800, peersPerProcess: 100, runKind: 'timing' }], { ...small, openFiles: 1024 });
    expect(refusal(() => checkCapacity([own(60), own(100), own(100)], small))).to.match(
      /^--peers 60,100, all at once: .* 23600 ports.* at most 57 peers/,
    );
    expect(refusal(() => checkCapacity([own(1_000, 'timing')], small))).to.contain('only 1000 ports for peers');
  });

  it('limits the peers by memory', () => {
    expect(refusal(() => checkMemory(own(100), process.pid, 50 * 1024 ** 2))).to.match(
      /--peers 100: .* 50 MiB are free. Use at most \d peers/,
    );
    checkMemory({ peers: 100, peersPerProcess: 50 }, process.pid, 5000 * 1024 ** 2);
  });
});
