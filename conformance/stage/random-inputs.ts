/** An input that broke a clause, as fast-check finds it again. */
export interface Counterexample {
  readonly seed: number;
  readonly path: string;
}

/** Which random inputs a case tries, and what it found. */
export interface RandomInputs {
  /** Many, of which one that breaks the clause is shrunk; the same many, unshrunk; or a single one. */
  readonly tried: 'shrunk' | 'as-drawn' | Counterexample;
  /** Set by the case. */
  found?: Counterexample;
}
