import { expect } from 'chai';
import { defects, implementationWith } from '../impl/broken/catalogue.ts';
import { Run } from '../impl/launch/run.ts';
import { conform } from './conform.ts';
import { selectCases } from './select.ts';

/** A sample over all groups of clauses; `npm run mutants` goes through every defect there is. */
const sample = [
  'bom-in-front',
  'server-waits-for-newline',
  'closes-before-draining',
  'true-is-an-int',
  'dies-of-garbage',
  'limit-one-byte-short',
  'cuts-bytes',
  'port-0',
  'old-address-kept',
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

describe('a known-bad implementation', () => {
  let run: Run;
  before(async () => {
    run = await Run.open();
  });
  after(() => run.close());

  for (const id of sample) {
    it(`${id} is not conforming, by a case of its own clause`, async function () {
      this.timeout(120_000);
      const defect = defects.find((item) => item.id === id);
      if (defect === undefined) throw new Error(`There is no defect ${id}.`);
      const subject = { run, implementation: await implementationWith(defect), seed: 1 };
      const result = await conform(selectCases([defect.clause]), subject, { jobs: 4, repro: (name) => name });
      expect(result.verdict).to.equal('not-conforming');
      const [found] = result.cases.filter(({ verdict }) => verdict === 'fail');
      expect(found?.clause).to.equal(defect.clause);
      expect(found?.expected).to.be.a('string').and.not.equal('');
      expect(found?.actual).to.be.a('string').and.not.equal('');
      expect(found?.transcript).to.not.be.empty;
    });
  }
});
