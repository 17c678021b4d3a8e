import { AssertionError } from 'chai';
import pLimit from 'p-limit';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import { harnessCommand } from '../../launch/harness-command.ts';
import { Session } from '../../launch/session.ts';
import { whyNotApplicable, type Case } from '../cases/case.ts';
import type { ConformanceCase, Manifest } from '../../schemas/types.ts';
import { conform } from './conform.ts';
import { defaultJobs } from './starts/default-jobs.ts';
import { selectCases } from './select-cases.ts';
import { shellQuote } from './shell-quote.ts';

export interface SuiteOptions {
  /** Ids of cases, clauses or groups of clauses; default: all. */
  readonly cases?: readonly string[];
  /** Also the cases for what time or number alone shows; default: false. */
  readonly thorough?: boolean;
  readonly seed?: number;
  readonly jobs?: number;
}

/**
 * One mocha test per case that applies: await it at the top of the test file, and call the function that it returns inside
 * `describe`. The cases run side by side from the first test on; each test waits for the verdict on its case.
 * @param manifest the path of a minibit.json, or of its folder
 * @throws UsageError if the manifest is wrong or an id names no case
 */
export async function conformanceSuite(manifest: string, options: SuiteOptions = {}): Promise<() => void> {
  const implementation = await loadImplementation(manifest);
  const { cases: ids = [], thorough = false, seed = 1, jobs } = options;
  const selected = selectCases(ids, thorough);
  const cases = selected.filter((item) => whyNotApplicable(item, implementation.manifest) === undefined);
  return () => {
    if (cases.length === 0) {
      it('at least one of the selected cases applies', () => {
        throw new AssertionError(nothingApplies(selected, implementation.manifest));
      });
      return;
    }
    const results = new Map(cases.map(({ id }) => [id, withResolver<ConformanceCase>()]));
    let session: Session | undefined;

    before(async () => {
      session = await Session.open();
      const subject = { session, implementation, seed };
      const command = [...harnessCommand(), 'conform', manifest].map(shellQuote).join(' ');
      const repro = (id: string): string => `${command} --case ${id} --seed ${seed}`;
      const limit = pLimit(jobs ?? defaultJobs(implementation));
      conform(cases, subject, {
        jobs: limit,
        repro,
        onStarts: (start) => {
          if (jobs === undefined) limit.concurrency = defaultJobs(implementation, start);
        },
        onResult: (result) => results.get(result.id)?.resolve(result),
      }).catch((error: unknown) => results.forEach(({ reject }) => reject(error)));
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

function nothingApplies(selected: readonly Case[], manifest: Manifest): string {
  const reasons = new Set(selected.map((item) => whyNotApplicable(item, manifest)));
  return `None of the selected cases applies to ${manifest.name}: ${[...reasons].join('; ')}.`;
}

function failed({ requirement, message, expected, actual, repro }: ConformanceCase): Error {
  const text = `${message}\n${requirement}\nRerun: ${repro}`;
  return new AssertionError(text, { expected, actual, showDiff: expected !== undefined });
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle));
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
