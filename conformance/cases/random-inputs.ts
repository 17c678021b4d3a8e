import fc from 'fast-check';
import type { Random } from '../stage/random.ts';
import { Violation } from '../violation.ts';

const inputsPerCase = 40;

/** Stop trying after this time: a server may take a while for each answer. */
const budgetMs = 60_000;

/**
 * Tries random inputs until one breaks the clause, then shrinks it.
 * @param check throws a violation for an input that breaks the clause
 * @throws Violation with the simplest input that breaks the clause, and fast-check's seed and path to it
 */
export async function tryRandomInputs<Input>(
  random: Random,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => Promise<void>,
): Promise<void> {
  const seed = random.int(0, 2 ** 31 - 1);
  const property = fc.asyncProperty(inputs, check);
  const details = await fc.check(property, { seed, numRuns: inputsPerCase, interruptAfterTimeLimit: budgetMs });
  if (!details.failed) return;
  const error: unknown = details.errorInstance;
  if (!(error instanceof Violation)) throw error;
  const origin = `found by fast-check with seed ${details.seed}, path ${details.counterexamplePath ?? ''}`;
  throw new Violation(error.expected, `${error.actual} for ${JSON.stringify(details.counterexample)} (${origin})`);
}
