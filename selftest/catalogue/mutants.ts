import { clauseOf, rootCase, type Case } from '../../conformance/cases/case.ts';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import { defects, genericManifests, loadMutant } from './broken.ts';

/** A known-bad implementation. */
export interface Mutant {
  readonly id: string;
  /** What is wrong with it: the id of the violated clause, or a phrase. */
  readonly defect: string;
  /** Whether a case is expected to find the defect. */
  readonly isExpected: (item: Case) => boolean;
  readonly load: () => Promise<Implementation>;
}

const rootCases: readonly string[] = Object.values(rootCase);

/** All known-bad implementations: those with one defect, and programs that do not implement the protocol. */
export const mutants: readonly Mutant[] = [
  ...defects.map((defect) => ({
    id: defect.id,
    defect: defect.clause,
    isExpected: (item: Case) => clauseOf(item).id === defect.clause,
    load: () => loadMutant(defect),
  })),
  ...[...genericManifests].map(([id, path]) => ({
    id,
    defect: 'not an implementation',
    isExpected: ({ id: caseId }: Case) => rootCases.includes(caseId) || caseId.startsWith('wire.'),
    load: () => loadImplementation(path),
  })),
];
