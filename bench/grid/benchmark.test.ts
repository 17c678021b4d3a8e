import { expect } from 'chai';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import { Session } from '../../launch/session.ts';
import { UsageError } from '../../launch/usage-error.ts';
import { benchProblems } from '../../reports/bench/problems.ts';
import { checkDocument } from '../../schemas/validate.ts';
import { benchmark } from './benchmark.ts';
import type { GridProgress } from './grid.ts';
import { makeTextFile, readSharedFile } from '../swarm/shared-file.ts';

const forever = new AbortController().signal;
const options = {
  profile: 'full-speed' as const,
  runKinds: ['counting', 'timing'] as const,
  peers: [2],
  blocks: [5, 20],
  repeat: 1,
  window: 1,
  seed: 1,
  file: makeTextFile(1000, 1),
};

describe('benchmark', () => {
  let session: Session;

  beforeEach(async () => {
    session = await Session.open();
  });
  afterEach(() => session.close());

  it('runs a role that the implementation lacks with the reference, and says so', async () => {
    const python = await loadImplementation('impl/python');
    const { tracker, ...manifest } = python.manifest;
    expect(tracker).to.be.an('object');
    const progress = new Set<string>();
    const result = await benchmark(
      session,
      { ...python, manifest },
      options,
      forever,
      ({ done, total, blocks, sample }: GridProgress) =>
        progress.add(`${done} of ${total}: ${blocks} ${sample?.pass ?? 'begins'}`),
    );
    expect(result).to.deep.include({
      verdict: 'complete',
      roles: { tracker: 'minibit-reference', peer: 'minibit-python' },
    });
    expect(checkDocument('benchmark-result', result)).to.deep.equal([]);
    expect([...progress]).to.deep.equal([
      '0 of 4: 5 begins',
      '1 of 4: 5 counting',
      '1 of 4: 5 begins',
      '2 of 4: 5 timing',
      '2 of 4: 20 begins',
      '3 of 4: 20 counting',
      '3 of 4: 20 begins',
      '4 of 4: 20 timing',
    ]);
  });

  it('keeps what it has measured after an error', async () => {
    const lease = session.leasePort.bind(session);
    let left = 3;
    session.leasePort = () => (left-- > 0 ? lease() : Promise.reject(new Error('No port is left.')));
    const result = await benchmark(session, await loadImplementation(), options, forever, () => undefined);
    expect(result).to.include({ verdict: 'incomplete', brokenOff: 'No port is left.' });
    expect(result.cells.map(({ samples }) => samples.length)).to.deep.equal([1, 0]);
    expect(checkDocument('benchmark-result', result)).to.deep.equal([]);
    expect(benchProblems(result)[0]?.what).to.contain('No port is left.');
  });

  it('refuses a binary file for an implementation that shares text only', async () => {
    const python = await loadImplementation('impl/python');
    const file = await readSharedFile(process.execPath);
    const failure: unknown = await benchmark(session, python, { ...options, file }, forever, () => undefined).catch(
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains('minibit-python');
  });

  it('refuses to pack peers without peer.pack, or in a counting run', async () => {
    const python = await loadImplementation('impl/python');
    const refusal = async (runKinds: ('counting' | 'timing')[]): Promise<unknown> =>
      benchmark(session, python, { ...options, runKinds, peersPerProcess: 2 }, forever, () => undefined).catch(
        (error: unknown) => error,
      );
    expect(await refusal(['timing']))
      .to.be.instanceOf(UsageError)
      .with.property('message')
      .that.contains('peer.pack');
    expect(await refusal(['counting']))
      .to.be.instanceOf(UsageError)
      .with.property('message')
      .that.contains('--pass timing');
  });

  it('finds the file of a peer whose command has {output}', async () => {
    const python = await loadImplementation('impl/python');
    const peer = { command: python.manifest.peer?.command ?? ['python3'] };
    const withoutOutput = { ...python, manifest: { ...python.manifest, peer } };
    const once = { ...options, runKinds: ['timing'] as const, blocks: [5] };
    expect(await benchmark(session, withoutOutput, once, forever, () => undefined)).to.include({ verdict: 'complete' });
  });

  it('refuses a peer whose output path is unknown', async () => {
    const python = await loadImplementation('impl/python');
    const peer = { command: ['python3', 'peer.py'] as [string, ...string[]] };
    const nowhere = { ...python, manifest: { ...python.manifest, peer } };
    const failure: unknown = await benchmark(session, nowhere, options, forever, () => undefined).catch(
      (e: unknown) => e,
    );
    expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains('peer.output');
  });
});
