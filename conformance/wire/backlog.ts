const lookMs = 10;

/**
 * Tells since when a connection may have waited that a server has just accepted. Node accepts one connection of each server
 * in a turn of its event loop: on a busy machine those of a popular server are seen late, and after younger ones of others.
 */
export class Backlog {
  readonly #nowMs: () => number;
  #emptyMs = 0;
  #lookedMs = 0;
  #accepted = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The server listens: looks now and then if nobody waits, until `stop`. */
  start(): void {
    // An immediate comes right after the loop has accepted: between two of them every server had its turn.
    this.#timer = setTimeout(() => setImmediate(() => this.#look()), lookMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** A connection was accepted. @returns the last time at which it had certainly not been opened yet */
  accepted(): number {
    this.#accepted = true;
    return this.#emptyMs;
  }

  #look(): void {
    if (this.#timer === undefined) return;
    // Nobody was accepted in the turns since the last look, so nobody was waiting by then.
    if (!this.#accepted) this.#emptyMs = this.#lookedMs;
    this.#accepted = false;
    this.#lookedMs = this.#nowMs();
    this.start();
  }
}
