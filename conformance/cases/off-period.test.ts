import { expect } from 'chai';
import { Session } from '../../launch/session.ts';
import { loadVariant, variants } from '../../selftest/catalogue/variants.ts';
import { conform } from '../judge/conform.ts';
import { selectCases } from '../judge/select-cases.ts';
import { isOff, medianGapMs } from './off-period.ts';

describe('a period that is off', () => {
  let session: Session;
  before(async () => {
    session = await Session.open();
  });
  after(() => session.close());

  it('is three times longer or shorter, and by half a second', () => {
    expect(isOff(1500, 200)).to.equal(true);
    expect(isOff(200, 1500)).to.equal(true);
    expect(isOff(500, 200)).to.equal(false);
    expect(isOff(600, 200)).to.equal(false);
  });

  it('is measured by the median, so that a pause of the machine does not count', () => {
    expect(medianGapMs([0, 200, 410, 3000, 3200, 3390])).to.equal(200);
  });

  it('is told beside a pass, and the case is judged by what is seen', async () => {
    const slow = variants.find(({ id }) => id === 'slower-than-stated');
    if (slow === undefined) throw new Error('There is no such variant.');
    const cases = selectCases(['peer.discovery.infos-periodic/while-incomplete']);
    const subject = { session, implementation: await loadVariant(slow), seed: 1 };
    const result = await conform(cases, subject, { jobs: 4, repro: (id) => id });
    expect(result.verdict).to.equal('conforming');
    const [period] = result.cases[0]?.offPeriods ?? [];
    expect(period).to.include({ request: 'have_blocks_info', expectedMs: 300, source: 'stated' });
    expect(period?.seenMs).to.be.within(1900, 4000);
  }).timeout(120_000);
});
