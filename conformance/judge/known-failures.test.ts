import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import { UsageError } from '../../launch/usage-error.ts';
import { caseOf, failingCase } from '../../reports/test-support/example-conformance.ts';
import { allCases } from '../cases/index.ts';
import { failsSession, knownFailureStates, loadKnownFailures, markKnown } from './known-failures.ts';

const [id = '', other = ''] = allCases.keys();

describe('known failures', () => {
  const entry = { case: id, reason: 'ticket 12' };
  const message = 'got nothing';

  for (const [name, item, result, state, known] of [
    ['that matches the entry', entry, failingCase(id), 'failed', 'ticket 12'],
    ['with its message', { ...entry, message }, failingCase(id), 'failed', 'ticket 12'],
    ['of a SHOULD', entry, failingCase(id, { verdict: 'warn' }), 'failed', 'ticket 12'],
    ['with another message', { ...entry, message: 'other' }, failingCase(id), 'failed-otherwise', undefined],
    ['with a crash', entry, failingCase(id, { crashed: true }), 'crashed', undefined],
    ['of a case that passes now', entry, caseOf(id), 'stale', undefined],
    ['of a case that does not apply', entry, caseOf(id, { verdict: 'not-applicable' }), 'stale', undefined],
    ['of an unknown case', { ...entry, case: '__proto__' }, failingCase(id), 'unmatched', undefined],
    ['of a case that was not selected', { ...entry, case: other }, failingCase(id), 'not-judged', undefined],
    ['of a case that could not be judged', entry, caseOf(id, { verdict: 'error' }), 'not-judged', undefined],
  ] as const) {
    it(`${known === undefined ? 'do not excuse' : 'excuse'} a failure ${name}`, () => {
      const [found] = knownFailureStates([result], [item]);
      expect(found).to.deep.equal({ ...item, state });
      expect(markKnown(result, [item]).known).to.equal(known);
      expect(found && failsSession(found)).to.equal(!['failed', 'not-judged'].includes(state));
    });
  }

  it('excuse what cannot be tested because of them', () => {
    const blocked = caseOf(other, { verdict: 'error', blockedBy: id });
    expect(markKnown(blocked, [entry]).known).to.equal('ticket 12');
    expect(markKnown(blocked, [{ ...entry, case: other }]).known).to.equal(undefined);
  });
});

describe('loadKnownFailures', () => {
  let folder: string;
  let implementation: Implementation;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-known-'));
    implementation = { ...(await loadImplementation()), folder };
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('finds the file beside the manifest, if it exists', async () => {
    expect(await loadKnownFailures(undefined, implementation)).to.equal(undefined);
    await writeFile(join(folder, 'known-failures.json'), '[{ "case": "a/b", "reason": "r" }]');
    expect(await loadKnownFailures(undefined, implementation)).to.deep.equal([{ case: 'a/b', reason: 'r' }]);
  });

  for (const [content, words] of [
    ['[{ "case": "a/b" }]', '[0].reason is required'],
    ['{}', 'must be an array'],
    ['[', 'line 1, column 2'],
  ] as const) {
    it(`refuses ${content}, naming the file and the field`, async () => {
      const path = join(folder, 'x.json');
      await writeFile(path, content);
      const failure: unknown = await loadKnownFailures(path, implementation).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains(words).and.contains(path);
    });
  }

  it('refuses a path without a file', async () => {
    const failure: unknown = await loadKnownFailures('/no/such/file', implementation).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(UsageError);
  });
});
