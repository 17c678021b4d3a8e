/** How an edge is shaped, each of its directions alike. What is absent is not limited. */
export interface LinkShape {
  /** From the sending of a byte to its arrival, one way. */
  readonly latencyMs?: number;
  /** Shared by all connections of the edge. Bytes of the streams are counted, not headers. */
  readonly bytesPerSecond?: number;
}

/**
 * One direction of a shaped edge, as a wire with a queue before it: bytes go onto it one after the other at its
 * bandwidth, and each arrives its latency later. It reads no clock: times are milliseconds on the clock of the caller.
 */
export class LineSchedule {
  readonly #latencyMs: number;
  readonly #msPerByte: number;
  #freeAtMs = -Infinity;

  constructor({ latencyMs = 0, bytesPerSecond = Infinity }: LinkShape) {
    this.#latencyMs = latencyMs;
    this.#msPerByte = 1000 / bytesPerSecond;
  }

  /** When the last of these bytes arrives; never before anything that was sent earlier. `nowMs` never goes back. */
  arrivalMs(nowMs: number, bytes: number): number {
    this.#freeAtMs = Math.max(nowMs, this.#freeAtMs) + bytes * this.#msPerByte;
    return this.#freeAtMs + this.#latencyMs;
  }
}
