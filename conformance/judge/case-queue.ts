import type { Timing } from '../../launch/manifest/timing.ts';
import type { Case } from '../cases/case.ts';
import { startOrder } from './start-order.ts';

/** So many cases of a group that takes turns on programs run side by side, as each of them needs a program. */
const turnsAtOnce = 2;

/** The cases that are still to begin. Those that take turns go on one after the other, while others run beside them. */
export class CaseQueue {
  readonly #waiting: Case[];
  readonly #running = new Map<string, number>();

  constructor(cases: readonly Case[], timing: Timing) {
    this.#waiting = startOrder(cases, timing);
  }

  /** Takes the case to begin now; undefined if none is left. */
  next(): Case | undefined {
    const at = this.#waiting.findIndex((item) => item.sharedBy === undefined || this.#runningOf(item) < turnsAtOnce);
    const [item] = this.#waiting.splice(Math.max(at, 0), 1);
    if (item !== undefined) this.#count(item, 1);
    return item;
  }

  /** The case has ended: another of its group may begin. */
  ended(item: Case): void {
    this.#count(item, -1);
  }

  #runningOf(item: Case): number {
    return this.#running.get(groupOf(item)) ?? 0;
  }

  #count(item: Case, by: number): void {
    this.#running.set(groupOf(item), this.#runningOf(item) + by);
  }
}

function groupOf({ role, sharedBy }: Case): string {
  return JSON.stringify([role, sharedBy]);
}
