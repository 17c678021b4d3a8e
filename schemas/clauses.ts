import registry from './clauses.json' with { type: 'json' };

/** A normative sentence of PROTOCOL.md. */
export interface Clause {
  /** A stable name, and the anchor in PROTOCOL.md. */
  readonly id: string;
  readonly level: 'MUST' | 'SHOULD' | 'MAY';
  /** The programs that it binds. */
  readonly role: 'both' | 'tracker' | 'peer';
  /** A section of the paper (`paper § …`), or `this specification` where the paper leaves the question open. */
  readonly source: string;
  readonly text: string;
  /** It binds only implementations that have this extension. */
  readonly extension?: string;
  /** Why no case checks it. */
  readonly excluded?: string;
}

/** All clauses by id, in the order of the specification. */
export const clauses: ReadonlyMap<string, Clause> = new Map(
  (registry as Clause[]).map((clause) => [clause.id, clause] as const),
);
