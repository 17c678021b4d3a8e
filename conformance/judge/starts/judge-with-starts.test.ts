import { join } from 'node:path';
import { expect } from 'chai';
import { loadImplementation } from '../../../launch/manifest/load-implementation.ts';
import { packageRoot } from '../../../launch/package-root.ts';
import { Session } from '../../../launch/session.ts';
import { temporaryFolder } from '../../../launch/test-support/files.ts';
import { conform } from '../conform.ts';
import { selectCases } from '../select-cases.ts';

describe('judging with a selection of cases', () => {
  const folder = temporaryFolder();
  let session: Session;
  before(async () => {
    session = await Session.open();
  });
  after(() => session.close());

  async function judge(manifest: string, ...ids: string[]) {
    const implementation = await loadImplementation(join(packageRoot, manifest));
    return conform(selectCases(ids), { session, implementation, seed: 1 }, { jobs: 4, repro: (id) => id });
  }

  for (const id of ['tracker.block.serves/every-index', 'peer.file.exact/from-a-peer']) {
    it(`calls a program that does not start not conforming, with its output, whatever is selected: ${id}`, async () => {
      const { verdict, starts, cases, summary } = await judge('impl/broken/generic/exits-with-3.json', id);
      expect(verdict).to.equal('not-conforming');
      expect(Object.values(starts ?? {})[0]).to.include({ verdict: 'does-not-start' });
      expect(Object.values(starts ?? {})[0]?.stderr).to.contain('no such option: --port');
      expect(cases.map((item) => [item.id, item.verdict])).to.deep.equal([[id, 'error']]);
      expect(summary.fail).to.equal(0);
    });
  }

  it('adds the failed case that a selected one rests on', async () => {
    const { verdict, cases } = await judge(
      'impl/broken/generic/closes-at-once.json',
      'tracker.block.serves/every-index',
    );
    const [selected, added, ...others] = cases;
    expect(selected).to.include({ verdict: 'error', blockedBy: added?.id });
    expect(added).to.include({ verdict: 'fail' });
    expect(others).to.deep.equal([]);
    expect(verdict).to.equal('not-conforming');
  });

  it('says once that a peer does not always start, with its output, and blames no clause', async () => {
    const python = await loadImplementation(join(packageRoot, 'impl/python'));
    const { peer } = python.manifest;
    if (peer === undefined) throw new Error('There is no peer.');
    // The second start fails: the first one is the check before the cases.
    const fails = 'echo x >> "$0"; [ $(wc -l < "$0") -eq 2 ] && echo no luck >&2 && exit 5; exec "$@"';
    const command: [string, ...string[]] = ['sh', '-c', fails, join(folder.path, 'starts'), ...peer.command];
    const implementation = { ...python, manifest: { ...python.manifest, peer: { ...peer, command } } };
    const ids = ['peer.register.once/at-start', 'peer.discovery.periodic/anything-at-all'];
    const { verdict, starts, cases } = await conform(
      selectCases(ids),
      { session, implementation, seed: 1 },
      { jobs: 1, repro: (id) => id },
    );
    expect(cases.map((item) => item.verdict)).to.deep.equal(['pass', 'pass']);
    expect(cases.filter(({ judgedWith }) => judgedWith !== undefined)).to.deep.equal([]);
    expect(starts?.peer).to.include({ verdict: 'starts-not-always', stderr: 'no luck\n' });
    expect(starts?.peer?.message).to.match(/^The peer failed to start once/);
    expect(verdict).to.equal('not-judged');
  }).timeout(60_000);

  it('measures the start of each program that a case is about', async () => {
    const { starts } = await judge('impl/python', 'tracker.block.serves/every-index');
    expect(Object.keys(starts ?? {})).to.deep.equal(['tracker']);
    expect(starts?.tracker).to.include({ verdict: 'starts' });
    expect(starts?.tracker?.cpuMs).to.be.above(0);
  });
});
