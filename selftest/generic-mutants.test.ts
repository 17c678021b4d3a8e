import { expect } from 'chai';
import { genericManifests } from './catalogue/broken.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import { Session } from '../launch/session.ts';
import { rootCase } from '../conformance/cases/case.ts';
import { conform } from '../conformance/judge/conform.ts';
import { selectCases } from '../conformance/judge/select-cases.ts';

/** The expected failure messages of programs that do not implement the protocol. `npm run mutants` has the slow ones, too. */
const sample = {
  'accepts-all': /\/initial_blocks is required/,
  'closes-at-once': /no answer \(the connection was (reset|closed)\)$/,
  'crashes-at-first-request': /no answer .*; the process exited with code 70/,
  echo: /expected status "success" or "error", got nothing/,
  'exits-with-0': /The tracker ended with exit code 0 before it listened/,
  'exits-with-3': /The tracker ended with exit code 3 before it listened/,
  // Its child may listen before the harness notices the end of the parent.
  'forks-away': /The tracker ended with exit code 0 before it listened|exited with code 0/,
  garbage: /an answer that begins with \{|one JSON object in UTF-8/,
  'rejects-all': /status "success", got \{"status":"error"/,
};

const cases = selectCases([
  rootCase.tracker,
  'tracker.register.success/with-lists',
  'wire.server.acts-on-closing-brace/tracker-whole',
  'wire.message.unframed/tracker-register',
  'wire.message.one-object/tracker-register',
  'wire.response.status/tracker-register',
]);

describe('the suite, judging a program that does not implement the protocol', () => {
  let session: Session;
  before(async () => {
    session = await Session.open();
  });
  after(() => session.close());

  for (const [name, what] of Object.entries(sample)) {
    it(`finds ${name} and states the problem`, async () => {
      const implementation = await loadImplementation(genericManifests.get(name));
      const result = await conform(cases, { session, implementation, seed: 1 }, { jobs: 4, repro: (id) => id });
      expect(result.verdict).to.equal('not-conforming');
      const [found] = result.cases.filter(({ verdict }) => verdict === 'fail');
      expect(found?.message ?? result.starts?.tracker?.message).to.match(what);
    });
  }

  it('shows the error output of a program that crashed with the failure', async () => {
    for (const [name, printed] of [
      ['crashes-at-first-request', 'fatal: cannot read a request'],
      ['exits-with-3', 'error: no such option: --port'],
    ] as const) {
      const implementation = await loadImplementation(genericManifests.get(name));
      const result = await conform(cases, { session, implementation, seed: 1 }, { jobs: 4, repro: (id) => id });
      const { cases: judged, starts } = result;
      const found = judged.find(({ verdict }) => verdict === 'fail') ?? starts?.tracker;
      expect(found?.stderr).to.contain(printed);
    }
  });
});
