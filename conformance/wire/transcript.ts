import { performance } from 'node:perf_hooks';
import type { ConformanceCase } from '../../schemas/types.ts';
import type { DeviationKind } from './reading/deviations.ts';
import { Watch } from './watch.ts';

/** One line of a case's wire log. `from` and `to` are `subject` or names of the suite's programs: `suite`, `tracker`, `ana`. */
export interface WireEvent {
  /** Milliseconds since the case began. */
  readonly atMs: number;
  readonly from: string;
  readonly to: string;
  /** Number of the connection within the case. */
  readonly connection: number;
  readonly kind: 'open' | 'bytes' | 'end' | 'reset' | 'refused';
  readonly sizeBytes: number;
  /** The bytes as text, shortened; bytes that are not UTF-8 appear as U+FFFD. */
  readonly text: string;
}

/** A period that is several times longer or shorter than it should be. */
export type OffPeriod = NonNullable<ConformanceCase['offPeriods']>[number];

const shownCharacters = 600;
const keptEvents = 400;

/** The wire log of one case. It keeps the newest events: what led to a failure is at the end. */
export class Transcript {
  /** Notified of every event. */
  readonly watch = new Watch();
  /** The first error of the suite itself, such as one of a script: the case then judges nothing. */
  harnessError: Error | undefined;
  /** The deviations of the program that were read past, each with its first example. */
  readonly deviations = new Map<DeviationKind, string>();
  /** The periods of the program that turned out to be off. */
  readonly offPeriods: OffPeriod[] = [];
  /** The suite has connected to the program. */
  hasConnected = false;
  readonly #startMs = performance.now();
  #events: WireEvent[] = [];
  #connections = 0;

  /** Milliseconds since the case began. */
  nowMs(): number {
    return performance.now() - this.#startMs;
  }

  /** Records an error of the suite itself. */
  recordHarnessError(error: unknown): void {
    this.harnessError ??= error instanceof Error ? error : new Error(String(error));
  }

  /** Records a deviation of the program that was read past. @param example what was seen; may be empty */
  readPast(kind: DeviationKind, example: string): void {
    if (!this.deviations.has(kind)) this.deviations.set(kind, example);
  }

  /** A number for a new connection. */
  connection(): number {
    return (this.#connections += 1);
  }

  add(event: Omit<WireEvent, 'atMs' | 'text' | 'sizeBytes'>, bytes: Buffer = Buffer.alloc(0)): void {
    if (event.kind === 'open') this.hasConnected = true;
    const text = bytes.subarray(0, shownCharacters).toString('utf8');
    this.#events.push({
      atMs: Math.round(this.nowMs() * 10) / 10,
      ...event,
      sizeBytes: bytes.length,
      text: bytes.length > shownCharacters ? `${text}… (${bytes.length} bytes)` : text,
    });
    if (this.#events.length > 2 * keptEvents) this.#events = this.#events.slice(-keptEvents);
    this.watch.notify();
  }

  events(): readonly WireEvent[] {
    return this.#events.slice(-keptEvents);
  }
}
