/** What a case throws when the implementation broke its clause. `expected` and `actual` are sentences for a person. */
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

/** What a case throws when it turns out that its clause says nothing of this server: its verdict is `not-applicable`. */
export class Inapplicable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Inapplicable';
  }
}

/** What a case throws when it could not judge, through no fault of the implementation: its verdict is `error`. */
export class CannotJudge extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotJudge';
  }
}

/** What a case throws when the answers came too slowly for the interval that it asked for: it is tried with a longer one. */
export class TooSlow extends CannotJudge {
  constructor(message: string) {
    super(message);
    this.name = 'TooSlow';
  }
}
