import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random draws of one case: the same seed and case id give the same draws. */
export interface Random {
  /** An integer from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** The items in random order. */
  shuffle<T>(items: readonly T[]): T[];
}

export function randomFor(seed: number, caseId: string): Random {
  let state = seed | 0;
  for (const character of caseId) state = (Math.imul(state, 31) + (character.codePointAt(0) ?? 0)) | 0;
  const generator = xoroshiro128plus(state);
  const int = (min: number, max: number): number => uniformInt(generator, min, max);
  return {
    int,
    shuffle: (items) => {
      const drawn = [...items];
      return items.map(() => drawn.splice(int(0, drawn.length - 1), 1)).flat();
    },
  };
}
