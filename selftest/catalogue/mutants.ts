import { clauseOf, rootCase, type Case } from '../../conformance/cases/case.ts';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import { defects, genericManifests, loadMutant, type Defect } from './broken.ts';

/** A known-bad implementation. */
export interface Mutant {
  readonly id: string;
  /** What is wrong with it: the id of the violated clause, or a phrase. */
  readonly defect: string;
  /** It implements the protocol, but for the defect. */
  readonly isImplementation: boolean;
  /** Whether a case is expected to find the defect. */
  readonly isExpected: (item: Case) => boolean;
  /** Whether a case that blames it is right to; a program that is no implementation can be blamed by all. */
  readonly isRightly: (item: Case) => boolean;
  /** Whether it is judged with this case: all but the thorough ones, unless only those of its clause show the defect. */
  readonly isPlayed: (item: Case) => boolean;
  readonly load: () => Promise<Implementation>;
}

const rootCases: readonly string[] = Object.values(rootCase);

function isUsual({ thoroughMs }: Case): boolean {
  return thoroughMs === undefined;
}

/** The correct implementation with this one defect. */
function mutantWith(defect: Defect): Mutant {
  const { id, clause, also = [], thorough = false } = defect;
  return {
    id,
    defect: clause,
    isImplementation: true,
    isExpected: (item) => clauseOf(item).id === clause,
    isRightly: (item) => [clause, ...also].includes(clauseOf(item).id),
    isPlayed: (item) => isUsual(item) || (thorough && clauseOf(item).id === clause),
    load: () => loadMutant(defect),
  };
}

/** All known-bad implementations: those with one defect, and programs that do not implement the protocol. */
export const mutants: readonly Mutant[] = [
  ...defects.map(mutantWith),
  ...[...genericManifests].map(([id, path]) => ({
    id,
    defect: 'not an implementation',
    isImplementation: false,
    isExpected: ({ id: caseId }: Case) => rootCases.includes(caseId) || caseId.startsWith('wire.'),
    isRightly: () => true,
    isPlayed: isUsual,
    load: () => loadImplementation(path),
  })),
];
