import { expect } from 'chai';
import { UsageError } from '../impl/launch/usage-error.ts';
import { capacity, checkCapacity, checkMemory } from './capacity.ts';

const small = { leasedPorts: 1_000, ephemeralPorts: 20_000, openFiles: 30_000, memoryBytes: 1e9 };

function refusal(check: () => void): string {
  try {
    check();
  } catch (error) {
    expect(error).to.be.instanceOf(UsageError);
    return (error as Error).message;
  }
  return '';
}

describe('the capacity of the machine', () => {
  it('is enough for the swarms of the report', () => {
    checkCapacity(5, ['counting', 'timing']);
    checkMemory({ peers: 5, peersPerProcess: 1 }, process.pid);
    for (const value of Object.values(capacity())) expect(value).to.be.greaterThan(0);
  });

  it('limits what is counted by ports and open files, and says what would do', () => {
    expect(refusal(() => checkCapacity(150, ['counting', 'timing'], small))).to.match(
      /22500 ports.*--pass timing, or at most 100/,
    );
    expect(refusal(() => checkCapacity(110, ['counting'], small))).to.match(/36300 open files.*ulimit/);
    checkCapacity(100, ['counting'], small);
    checkCapacity(999, ['timing'], small);
    expect(refusal(() => checkCapacity(1_000, ['timing'], small))).to.contain('1000 ports to give');
  });

  it('limits the peers by memory', () => {
    const own = { peers: 100, peersPerProcess: 1 };
    expect(refusal(() => checkMemory(own, process.pid, 50 * 1024 ** 2))).to.match(
      /--peers 100: .* 50 MiB are free. Use at most \d peers/,
    );
    checkMemory({ peers: 100, peersPerProcess: 50 }, process.pid, 5000 * 1024 ** 2);
  });
});
