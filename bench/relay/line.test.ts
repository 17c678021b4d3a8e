import { expect } from 'chai';
import { openLine, type Clock, type Line } from './line.ts';

/** Time that passes when the test says so; at most one call waits. */
class HandClock implements Clock {
  #nowMs = 0;
  #call: { readonly atMs: number; readonly call: () => void } | undefined;

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, call: () => void): () => void {
    this.#call = { atMs: this.#nowMs + delayMs, call };
    return () => (this.#call = undefined);
  }

  /** @param lateMs how late the calls of this time come */
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
  let clock: HandClock;
  let arrived: string[];

  beforeEach(() => {
    clock = new HandClock();
    arrived = [];
  });

  function send(line: Line, name: string, bytes = 0): void {
    line.send(bytes, () => arrived.push(`${name} at ${clock.nowMs()}`));
  }

  it('hands on at once without a shape', () => {
    send(openLine({}, clock), 'a', 1e9);
    send(openLine({ latencyMs: 0 }, clock), 'b');
    expect(arrived).to.deep.equal(['a at 0', 'b at 0']);
  });

  it('hands on in order, each at its time', () => {
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

  it('hands on together what is due when a timer is late, and delays nothing more by that', () => {
    const line = openLine({ latencyMs: 5 }, clock);
    send(line, 'a');
    clock.goTo(3);
    send(line, 'b');
    clock.goTo(10, 4);
    expect(arrived).to.deep.equal(['a at 9', 'b at 9']);
  });

  it('hands on nothing after its end', () => {
    const line = openLine({ latencyMs: 5 }, clock);
    send(line, 'a');
    line.close();
    clock.goTo(10);
    expect(arrived).to.deep.equal([]);
  });
});
