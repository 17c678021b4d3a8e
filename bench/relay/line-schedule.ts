/** The latency and bandwidth of an edge, the same in both directions. An absent member sets no limit. */
export interface LinkShape {
  /** One way, from the sending of a byte to its arrival. */
  readonly latencyMs?: number;
  /** Shared by all connections of the edge. Counts the bytes of the streams, without headers. */
  readonly bytesPerSecond?: number;
}

/**
 * One direction of a shaped edge, modelled as a wire with a queue in front: bytes go onto it one after the other at its
 * bandwidth, and each arrives its latency later. It reads no clock: times are milliseconds on the caller's clock.
 */
export class LineSchedule {
  readonly #latencyMs: number;
  readonly #msPerByte: number;
  #freeAtMs = -Infinity;

  constructor({ latencyMs = 0, bytesPerSecond = Infinity }: LinkShape) {
    this.#latencyMs = latencyMs;
    this.#msPerByte = 1000 / bytesPerSecond;
  }

  /** When the last of these bytes arrives, never before bytes that were sent earlier. `nowMs` must not decrease. */
  arrivalMs(nowMs: number, bytes: number): number {
    this.#freeAtMs = Math.max(nowMs, this.#freeAtMs) + bytes * this.#msPerByte;
    return this.#freeAtMs + this.#latencyMs;
  }
}
