import { LineSchedule, type LinkShape } from './line-schedule.ts';

/** One direction of an edge. */
export interface Line {
  /** Calls `arrive` when these bytes have arrived at the other end, in the order of sending. */
  send(bytes: number, arrive: () => void): void;
  /** Discards what is in transit. */
  close(): void;
}

export interface Clock {
  nowMs(): number;
  /** @returns a function that cancels the call */
  after(delayMs: number, call: () => void): () => void;
}

const realClock: Clock = {
  nowMs: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Timers fire on whole milliseconds: what is due within half a millisecond is delivered, so that it is early as often as
 * late. Measured at 5 ms on two cores with a load of 15: half of all within -0.5 and +0.5 ms, 95 % within +2.2 ms.
 */
const halfTickMs = 0.5;

/** A line without a shape delivers at once. */
const unshapedLine: Line = { send: (_bytes, arrive) => arrive(), close: () => undefined };

export function openLine(shape: LinkShape, clock = realClock): Line {
  return shape.latencyMs || shape.bytesPerSecond ? new ShapedLine(shape, clock) : unshapedLine;
}

class ShapedLine implements Line {
  readonly #schedule: LineSchedule;
  readonly #clock: Clock;
  #inTransit: { readonly dueMs: number; readonly arrive: () => void }[] = [];
  #cancel: (() => void) | undefined;

  constructor(shape: LinkShape, clock: Clock) {
    this.#schedule = new LineSchedule(shape);
    this.#clock = clock;
  }

  send(bytes: number, arrive: () => void): void {
    this.#inTransit.push({ dueMs: this.#schedule.arrivalMs(this.#clock.nowMs(), bytes), arrive });
    if (!this.#cancel) this.#awaitNext();
  }

  close(): void {
    this.#cancel?.();
    this.#inTransit = [];
  }

  #awaitNext(): void {
    const next = this.#inTransit[0];
    const waitMs = next && Math.max(0, Math.round(next.dueMs - this.#clock.nowMs()));
    this.#cancel = waitMs === undefined ? undefined : this.#clock.after(waitMs, () => this.#deliver());
  }

  /** Delivers all that is due. */
  #deliver(): void {
    const byMs = this.#clock.nowMs() + halfTickMs;
    const pending = this.#inTransit.findIndex(({ dueMs }) => dueMs > byMs);
    const due = this.#inTransit.splice(0, pending < 0 ? this.#inTransit.length : pending);
    for (const { arrive } of due) arrive();
    this.#awaitNext();
  }
}
