import { expect } from 'chai';
import { openLine, type Clock, type Line } from './line.ts';

/** A clock that the test advances; at most one call is pending. */
class ManualClock implements Clock {
  #nowMs = 0;
  #call: { readonly atMs: number; readonly call: () => void } | undefined;

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, call: () => void): () => void {
    this.#call = { atMs: this.#nowMs + delayMs, call };
    return () => (this.#call = undefined);
  }

  /** @param lateMs the delay of the pending call */
  goTo(nowMs: number, lateMs = 0): void {
    while (this.#call && this.#call.atMs + lateMs <= nowMs) {
      const { atMs, call } = this.#call;
      this.#call = undefined;
      this.#nowMs = Math.max(this.#nowMs, atMs + lateMs);
      call();
    }
    this.#nowMs = nowMs;
  }
}

describe('openLine', () => {
  let clock: ManualClock;
  let arrived: string[];

  beforeEach(() => {
    clock = new ManualClock();
    arrived = [];
  });

  function send(line: Line, name: string, bytes = 0): void {
    line.send(bytes, () => arrived.push(`${name} at ${clock.nowMs()}`));
  }

  it('delivers at once without a shape', () => {
    send(openLine({}, clock), 'a', 1e9);
    send(openLine({ latencyMs: 0 }, clock), 'b');
    expect(arrived).to.deep.equal(['a at 0', 'b at 0']);
  });

  it('delivers in order, each at its time', () => {
    const line = openLine({ latencyMs: 5, bytesPerSecond: 1_000_000 }, clock);
    send(line, 'a', 3000);
    send(line, 'end of a');
    clock.goTo(2);
    send(line, 'b', 1000);
    clock.goTo(7);
    expect(arrived).to.deep.equal([]);
    clock.goTo(20);
    send(line, 'c', 1000);
    clock.goTo(30);
    expect(arrived).to.deep.equal(['a at 8', 'end of a at 8', 'b at 9', 'c at 26']);
  });

  it('delivers together what is due after a late timer, without further delay', () => {
    const line = openLine({ latencyMs: 5 }, clock);
    send(line, 'a');
    clock.goTo(3);
    send(line, 'b');
    clock.goTo(10, 4);
    expect(arrived).to.deep.equal(['a at 9', 'b at 9']);
  });

  it('delivers nothing after close', () => {
    const line = openLine({ latencyMs: 5 }, clock);
    send(line, 'a');
    line.close();
    clock.goTo(10);
    expect(arrived).to.deep.equal([]);
  });
});
