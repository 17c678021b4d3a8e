/** Thrown by a case if the implementation broke its clause. `expected` and `actual` are noun phrases or clauses for people. */
export class Violation extends Error {
  readonly expected: string;
  readonly actual: string;
  readonly schemaPath: string | undefined;

  constructor(expected: string, actual: string, schemaPath?: string) {
    super(`expected ${expected}, got ${actual}`);
    this.name = 'Violation';
    this.expected = expected;
    this.actual = actual;
    this.schemaPath = schemaPath;
  }
}

/** Thrown if a case broke its own clause in a way that other cases read past: they can be judged all the same. */
export class Deviated extends Violation {}

/**
 * A violation whose evidence is a time: that something did not happen until then, or in what order things happened. A busy machine
 * can be the cause, so that it is confirmed before it counts.
 */
export class TimedViolation extends Violation {}

/** Thrown by a case if its clause requires nothing of this server: the verdict is `not-applicable`. */
export class Inapplicable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Inapplicable';
  }
}

/** Thrown by a case that cannot judge, through no fault of the implementation: the verdict is `error`. */
export class CannotJudge extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotJudge';
  }
}

/** Thrown by a case if answers are too slow for the interval that it sets: it is replayed with a longer one. */
export class TooSlow extends CannotJudge {
  constructor(message: string) {
    super(message);
    this.name = 'TooSlow';
  }
}
