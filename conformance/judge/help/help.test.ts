import { expect } from 'chai';
import { defects, loadMutant } from '../../../selftest/catalogue/broken.ts';
import { loadImplementation } from '../../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../../launch/manifest/implementation.ts';
import { Session } from '../../../launch/session.ts';
import { conform } from '../conform.ts';
import { selectCases } from '../select-cases.ts';
import type { ConformanceResult } from '../../../schemas/types.ts';

describe('help', () => {
  let session: Session;
  before(async () => {
    session = await Session.open();
  });
  after(() => session.close());

  async function broken(...ids: string[]): Promise<Implementation> {
    const [first, ...others] = defects.filter(({ id }) => ids.includes(id));
    if (first === undefined || others.length + 1 < ids.length)
      throw new Error(`One of these does not exist: ${ids.join()}.`);
    return loadMutant(first, ...others);
  }

  async function judged(implementation: Implementation, ...ids: string[]): Promise<ConformanceResult> {
    return conform(selectCases(ids), { session, implementation, seed: 1 }, { jobs: 4, repro: (id) => id });
  }

  const verdicts = ({ cases }: ConformanceResult): string[] =>
    cases.map(({ id, verdict, judgedWith = [] }) => [verdict, id, ...judgedWith].join(' '));

  for (const [id, help] of [
    ['server-waits-for-newline', 'newline-after-request'],
    ['server-waits-for-end-of-stream', 'half-close-after-request'],
  ] as const) {
    it(`judges ${id} with ${help}, but for the clause that it breaks, whatever is selected`, async () => {
      const implementation = await broken(id);
      const clause = 'wire.server.acts-on-closing-brace';
      const [own, other] = [`${clause}/tracker-whole`, 'tracker.register.replaces/new-port'];
      const [both, alone] = await Promise.all([judged(implementation, own, other), judged(implementation, other)]);
      expect(verdicts(both)).to.deep.equal([`fail ${own}`, `pass ${other} ${help}`]);
      expect(both.accommodations).to.have.length(1);
      expect(both.accommodations?.[0]).to.include({ id: help, role: 'tracker', clause });
      expect(verdicts(alone)).to.deep.equal([`pass ${other} ${help}`]);
    }).timeout(120_000);
  }

  it('blames a peer that needs inline initial blocks, which its manifest does not declare, at that clause only', async () => {
    const own = 'file.initial-data.not-needed/every-block-designated';
    const others = [
      'peer.discovery.periodic/while-incomplete',
      'peer.discovery.infos-on-learning/listed-at-registration',
      'peer.register.once/at-start',
    ];
    const result = await judged(await broken('needs-inline-data'), own, ...others);
    expect(verdicts(result)).to.have.members([`fail ${own}`, ...others.map((id) => `pass ${id} initial-data-inline`)]);
  }).timeout(120_000);

  it('helps a peer that sends so much that the wire log does not go back to what it was asked', async () => {
    const id = 'peer.have-blocks.shape/success';
    const result = await judged(await broken('server-waits-for-end-of-stream', 'registers-again-and-again'), id);
    expect(verdicts(result)).to.deep.equal([`pass ${id} half-close-after-request`]);
  }).timeout(120_000);

  it('keeps the fail of a case that no accommodation makes hold, and names it to those that need it', async () => {
    const root = 'peer.discovery.periodic/anything-at-all';
    const other = 'peer.discovery.periodic/while-incomplete';
    const { cases } = await judged(await broken('registers-and-rests'), root, other);
    expect(cases.map(({ verdict, blockedBy }) => [verdict, blockedBy])).to.deep.equal([
      ['fail', undefined],
      ['error', root],
    ]);
  }).timeout(120_000);

  it('helps no sound program', async () => {
    const result = await judged(await loadImplementation('impl/python'), 'tracker.register.replaces');
    expect(result.cases.every(({ judgedWith }) => judgedWith === undefined)).to.equal(true);
    expect(result).to.not.have.property('accommodations');
  });
});
