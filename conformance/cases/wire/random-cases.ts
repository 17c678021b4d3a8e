import fc from 'fast-check';
import type { Random } from '../../stage/random.ts';
import { Violation } from '../../violation.ts';

/** How many random inputs a case tries. */
const runs = 40;

/** No more inputs are tried after so long: a server may take a while for each answer. */
const enoughMs = 60_000;

/**
 * Tries random inputs until one breaks the clause, and then simpler ones that still do.
 * @param check throws a violation for an input that breaks the clause
 * @throws Violation with the simplest input found, and fast-check's seed and path to it
 */
export async function tryRandomInputs<Input>(
  random: Random,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => Promise<void>,
): Promise<void> {
  const seed = random.int(0, 2 ** 31 - 1);
  const property = fc.asyncProperty(inputs, check);
  const details = await fc.check(property, { seed, numRuns: runs, interruptAfterTimeLimit: enoughMs });
  if (!details.failed) return;
  const error: unknown = details.errorInstance;
  if (!(error instanceof Violation)) throw error;
  const place = `found by fast-check with seed ${details.seed}, path ${details.counterexamplePath ?? ''}`;
  throw new Violation(error.expected, `${error.actual} for ${JSON.stringify(details.counterexample)} (${place})`);
}
