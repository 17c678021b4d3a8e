import { expect } from 'chai';
import pLimit from 'p-limit';
import { defects, loadMutant, type Defect } from './catalogue/broken.ts';
import { Session } from '../launch/session.ts';
import type { ConformanceResult } from '../schemas/types.ts';
import { conform } from '../conformance/judge/conform.ts';
import { selectCases } from '../conformance/judge/select-cases.ts';

/** Judging a broken implementation is mostly waiting. */
const sideBySide = 3;

/** A sample of all groups of clauses; `npm run mutants` judges every defect. */
const sample = [
  'bom-in-front',
  'server-waits-for-newline',
  'closes-before-draining',
  'true-is-an-int',
  'dies-of-garbage',
  'limit-one-byte-short',
  'cuts-bytes',
  'port-0',
  'first-registration-kept',
  'six-in-a-list',
  'negative-index',
  'offline-not-removed',
  'registers-before-listening',
  'info-one-short',
  'serves-strangers',
  'last-block-not-announced',
  'never-asks-tracker-when-refused',
  'adds-final-newline',
  'exit-code-1',
];

describe('the suite, judging an implementation with a defect', () => {
  let session: Session;
  let results: Map<string, Promise<ConformanceResult>>;

  before(async () => {
    session = await Session.open();
    const limit = pLimit(sideBySide);
    results = new Map(sample.map((id) => [id, limit(() => judgeDefect(id))]));
  });
  after(() => session.close());

  for (const id of sample) {
    it(`finds ${id} by a case of the violated clause`, async function () {
      this.timeout(240_000);
      const result = await results.get(id);
      expect(result?.verdict).to.equal('not-conforming');
      const found = result?.cases.find(({ verdict }) => verdict === 'fail');
      expect(found?.clause).to.equal(defectOf(id).clause);
      expect(found?.expected).to.be.a('string').and.not.equal('');
      expect(found?.actual).to.be.a('string').and.not.equal('');
      expect(found?.transcript).to.not.be.empty;
    });
  }

  async function judgeDefect(id: string): Promise<ConformanceResult> {
    const defect = defectOf(id);
    const subject = { session, implementation: await loadMutant(defect), seed: 1 };
    return conform(selectCases([defect.clause]), subject, { jobs: 4, repro: (name) => name });
  }
});

function defectOf(id: string): Defect {
  const defect = defects.find((item) => item.id === id);
  if (defect === undefined) throw new Error(`No such defect: ${id}.`);
  return defect;
}
