import { join } from 'node:path';
import { packageRoot } from '../../launch/package-root.ts';
import habitsOfBeginner from '../../impl/broken/beginner/habits.json' with { type: 'json' };

/** What a program does wrong out of habit, and the ids of all clauses that this violates. */
export interface Habit {
  readonly habit: string;
  readonly clauses: readonly string[];
}

/** The manifest of a whole program as a beginner hands it in, with many habits at once. */
export const beginnerManifest = join(packageRoot, 'impl/broken/beginner');

export const habits: readonly Habit[] = habitsOfBeginner;
