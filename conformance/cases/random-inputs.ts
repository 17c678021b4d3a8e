import fc from 'fast-check';
import type { Context } from '../stage/context.ts';
import type { Counterexample } from '../stage/random-inputs.ts';
import { Violation } from '../violation.ts';

const inputsPerCase = 40;

/** Stop trying after this time: a server may take a while for each answer. */
const budgetMs = 60_000;

/**
 * Tries random inputs until one breaks the clause, then shrinks it. What a program does with an input may depend on those before
 * it, so that the context tells to try the shrunk one alone, or all of them unshrunk.
 * @param check throws a violation for an input that breaks the clause
 * @throws Violation with the input that breaks the clause, and fast-check's seed and path to it
 */
export async function tryRandomInputs<Input>(
  { random, randomInputs }: Pick<Context, 'random' | 'randomInputs'>,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => Promise<void>,
): Promise<void> {
  const { tried } = randomInputs;
  if (typeof tried === 'object') return tryOne(tried, inputs, check);
  const details = await fc.check(fc.asyncProperty(inputs, check), {
    seed: random.int(0, 2 ** 31 - 1),
    numRuns: inputsPerCase,
    endOnFailure: tried === 'as-drawn',
    interruptAfterTimeLimit: budgetMs,
  });
  if (!details.failed) return;
  const found = { seed: details.seed, path: details.counterexamplePath ?? '' };
  randomInputs.found = found;
  const others = tried === 'as-drawn' ? ` after ${details.numRuns - 1} other inputs` : '';
  throw withInput(details.errorInstance, `${JSON.stringify(details.counterexample?.[0])}${others}`, found);
}

/** Tries the one input that was found before. */
async function tryOne<Input>(
  found: Counterexample,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => Promise<void>,
): Promise<void> {
  for (const input of fc.sample(inputs, { ...found, numRuns: 1 })) {
    await check(input).catch((error: unknown) => {
      throw withInput(error, JSON.stringify(input), found);
    });
  }
}

/** A violation with the input that broke the clause; any other error as it is. */
function withInput(error: unknown, input: string, { seed, path }: Counterexample): unknown {
  if (!(error instanceof Violation)) return error;
  const origin = `found by fast-check with seed ${seed}, path ${path}`;
  return new Violation(error.expected, `${error.actual} for ${input} (${origin})`);
}
