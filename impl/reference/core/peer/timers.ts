/** Named timers: each name has at most one due time. */
export class Timers<Name extends string> {
  readonly #dueMs = new Map<Name, number>();

  set(name: Name, dueMs: number): void {
    this.#dueMs.set(name, dueMs);
  }

  /** Sets the timer, unless it is due earlier already. */
  bringForward(name: Name, dueMs: number): void {
    this.set(name, Math.min(dueMs, this.#dueMs.get(name) ?? Infinity));
  }

  clear(name: Name): void {
    this.#dueMs.delete(name);
  }

  clearAll(): void {
    this.#dueMs.clear();
  }

  has(name: Name): boolean {
    return this.#dueMs.has(name);
  }

  earliest(): number | undefined {
    return this.#dueMs.size === 0 ? undefined : Math.min(...this.#dueMs.values());
  }

  /** Removes the timers that are due and returns them, earliest first. */
  takeDue(nowMs: number): Name[] {
    const due = [...this.#dueMs].filter(([, dueMs]) => dueMs <= nowMs).sort(([, one], [, other]) => one - other);
    for (const [name] of due) this.#dueMs.delete(name);
    return due.map(([name]) => name);
  }
}
