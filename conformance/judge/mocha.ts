import { AssertionError } from 'chai';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import { Session } from '../../launch/session.ts';
import { whyNotApplicable } from '../cases/case.ts';
import { judge, type CaseResult } from './judge.ts';
import { defaultJobs } from './jobs.ts';
import { selectCases } from './select.ts';
import { shellWord } from './shell-word.ts';

export interface SuiteOptions {
  /** Ids of cases, clauses or groups of clauses; all if left out. */
  readonly cases?: readonly string[];
  readonly seed?: number;
  readonly jobs?: number;
}

/**
 * Declares one mocha test per case that applies, in a suite of one's own: call it inside `describe`, after an `await` at the
 * top of the test file. The cases run side by side from the first test on; each test waits for the verdict of its case.
 * @param manifest the path of a minibit.json, or of its folder
 * @throws UsageError if the manifest is wrong or an id names no case
 */
export async function conformanceSuite(manifest: string, options: SuiteOptions = {}): Promise<() => void> {
  const implementation = await loadImplementation(manifest);
  const { cases: ids = [], seed = 1, jobs = defaultJobs(implementation) } = options;
  const cases = selectCases(ids).filter((item) => whyNotApplicable(item, implementation.manifest) === undefined);
  return () => {
    const results = new Map(cases.map(({ id }) => [id, withResolver<CaseResult>()]));
    let session: Session | undefined;

    before(async () => {
      session = await Session.open();
      const subject = { session: session, implementation, seed };
      const repro = (id: string): string => `npx minibit conform ${shellWord(manifest)} --case ${id} --seed ${seed}`;
      judge(cases, subject, { jobs, repro, onResult: (result) => results.get(result.id)?.resolve(result) }).catch(
        (error: unknown) => results.forEach(({ reject }) => reject(error)),
      );
    });

    for (const { id, title } of cases) {
      it(`${id}: ${title}`, async function () {
        this.timeout(0);
        const result = await results.get(id)?.promise;
        if (result?.verdict === 'fail' || result?.verdict === 'error') throw failed(result);
      });
    }

    after(() => session?.close());
  };
}

function failed({ requirement, message, expected, actual, repro }: CaseResult): Error {
  const text = `${message}\n${requirement}\nAgain: ${repro}`;
  return new AssertionError(text, { expected, actual, showDiff: expected !== undefined });
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle));
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
