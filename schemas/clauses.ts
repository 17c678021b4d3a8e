import registry from './clauses.json' with { type: 'json' };

/** One normative sentence of the specification, PROTOCOL.md. */
export interface Clause {
  /** A stable name, also its anchor in PROTOCOL.md. */
  readonly id: string;
  readonly level: 'MUST' | 'SHOULD' | 'MAY';
  /** Whom it binds. */
  readonly role: 'both' | 'tracker' | 'peer';
  /** Where it comes from: sections of the decisions and of the report. */
  readonly source: string;
  readonly text: string;
  /** The extension that it belongs to: it binds only implementations that have it. */
  readonly extension?: string;
  /** Why no case can check it. */
  readonly excluded?: string;
}

/** All clauses by id, in the order of the specification. */
export const clauses: ReadonlyMap<string, Clause> = new Map(
  (registry as Clause[]).map((clause) => [clause.id, clause] as const),
);
