const checkMs = 10;

/**
 * Bounds how long a connection waited before its server accepted it. Node accepts one connection per server and turn of the
 * event loop: on a busy machine, a server with many connections sees them late, and after younger ones of other servers.
 */
export class Backlog {
  readonly #nowMs: () => number;
  #emptyMs = 0;
  #checkedMs = 0;
  #accepted = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Checks now and then, until `stop`, whether the backlog is empty. Call it when the server listens. */
  start(): void {
    // An immediate runs right after the loop accepts: between two of them every server has had its turn.
    this.#timer = setTimeout(() => setImmediate(() => this.#check()), checkMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Call it when a connection is accepted. @returns the latest time at which it certainly was not open yet */
  accepted(): number {
    this.#accepted = true;
    return this.#emptyMs;
  }

  #check(): void {
    if (this.#timer === undefined) return;
    // No connection was accepted since the last check, so none was waiting then.
    if (!this.#accepted) this.#emptyMs = this.#checkedMs;
    this.#accepted = false;
    this.#checkedMs = this.#nowMs();
    this.start();
  }
}
