import type { Counterexample, RandomInputs } from '../../stage/random-inputs.ts';
import type { Explanation } from './explanation.ts';

interface Replayed extends Explanation {
  readonly replays?: number;
  readonly replayReason?: string;
}

/**
 * The attempt that counts, after a random input broke the clause and was shrunk on a program that many inputs had reached before:
 * with the shrunk input alone on a fresh program, or else with all of the inputs, as drawn, on another. It is no failure if
 * neither breaks the clause again.
 * @param play attempts the case on a fresh program, with these inputs
 */
export async function confirmInput<Attempt extends Replayed>(
  made: Attempt,
  found: Counterexample,
  play: (tried: RandomInputs['tried']) => Promise<Attempt>,
): Promise<Attempt> {
  const { replays = 0 } = made;
  const alone = await play(found);
  if (alone.outcome === 'broken') {
    return { ...alone, replays: replays + 1, replayReason: 'the simplest input was tried alone on a fresh program' };
  }
  const replayed = { replays: replays + 2, replayReason: 'the simplest input alone breaks nothing on a fresh program' };
  const asDrawn = await play('as-drawn');
  if (asDrawn.outcome === 'broken') return { ...asDrawn, ...replayed };
  const message = `not testable: seen once, and not again with the same inputs on a fresh program (${made.message})`;
  return { ...made, outcome: 'unknown', message, ...replayed };
}
