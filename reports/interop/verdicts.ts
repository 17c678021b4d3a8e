import type { InteropResult } from '../../schemas/types.ts';
import type { Highlight } from '../highlight.ts';

/** What to show of the verdict on an interop session. */
export interface InteropVerdictText {
  readonly highlight: Highlight;
  readonly name: string;
  readonly meaning: string;
}

export const interopVerdicts: Readonly<Record<InteropResult['verdict'], InteropVerdictText>> = {
  'all-complete': {
    highlight: 'good',
    name: 'all complete',
    meaning: 'Every peer of every swarm wrote the original file, and no clause was broken.',
  },
  failures: {
    highlight: 'bad',
    name: 'failures',
    meaning: 'In at least one swarm a peer did not complete or a clause was broken.',
  },
  incomplete: { highlight: 'warn', name: 'incomplete', meaning: 'Not every swarm ran to its end.' },
};
