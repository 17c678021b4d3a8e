import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { execa } from 'execa';
import { Client } from '../conformance/wire/client.ts';
import { register } from '../conformance/wire/requests.ts';
import { Transcript } from '../conformance/wire/transcript.ts';
import { defects, loadMutant } from '../selftest/catalogue/broken.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import type { Implementation } from '../launch/manifest/implementation.ts';
import type { Program } from '../launch/process/program.ts';
import { Session } from '../launch/session.ts';
import { UsageError } from '../launch/usage-error.ts';
import type { ConformanceResult } from '../schemas/types.ts';
import { checkDocument } from '../schemas/validate.ts';
import { conformCommand } from './conform.ts';

const blocks = 7;
const text = 'uma linha de texto, com acentos: ação\n'.repeat(40);

describe('minibit conform on servers that already run', () => {
  let folder: string;
  let file: string;
  let session: Session;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-test-'));
    file = join(folder, 'file.txt');
    await writeFile(file, text);
    session = await Session.open();
  });
  after(async () => {
    await session.close();
    await rm(folder, { recursive: true });
  });

  async function startTracker(implementation: Implementation): Promise<Program> {
    const program = await session.launch(implementation, 'tracker', { blocks, file: Buffer.from(text) });
    await program.untilListening(20_000);
    return program;
  }

  /** Registers another peer, as a user of the tracker would. @returns the other ids that the tracker lists */
  async function registered(tracker: Program, id: string): Promise<unknown> {
    const client = new Client(new Transcript(), id, () => tracker);
    const { value } = await client.ask(register(id, 9));
    return (value?.['peers'] as { peer_id: string }[]).map(({ peer_id }) => peer_id).sort();
  }

  async function conform(
    ...args: string[]
  ): Promise<{ exitCode: number | undefined; stderr: string; result: ConformanceResult }> {
    const json = join(folder, 'result.json');
    const reports = ['html', 'markdown', 'junit', 'csv', 'badge'].flatMap((name) => [`--${name}`, join(folder, name)]);
    const words = ['bin/minibit.js', 'conform', ...args, '--blocks', String(blocks), '--json', json, ...reports];
    const { exitCode, stderr } = await execa('node', words, { reject: false, timeout: 50_000 });
    const result = JSON.parse(await readFile(json, 'utf8')) as ConformanceResult;
    expect(checkDocument('conformance-result', result)).to.deep.equal([]);
    return { exitCode, stderr, result };
  }

  const cases = (...ids: string[]): string[] => ids.flatMap((id) => ['--case', id]);

  it('passes a correct tracker that is in use, and restores its state', async function () {
    this.timeout(60_000);
    const tracker = await startTracker(await loadImplementation());
    for (const id of ['ana', 'bia', 'caio']) await registered(tracker, id);
    const where = `127.0.0.1:${tracker.port}`;
    const { exitCode, result } = await conform(
      ...['--tracker', where, '--file', file, '--extension', 'metadata'],
      ...cases('tracker', 'file.blocks', 'file.metadata', 'wire.invalid.no-state-change', 'wire.message.any-spelling'),
    );
    expect(exitCode).to.equal(0);
    expect(result).to.include({ verdict: 'conforming' });
    expect(result.implementation).to.deep.include({ name: `tracker at ${where}`, extensions: ['metadata'] });
    const verdicts = new Map(result.cases.map((item) => [item.id, item]));
    for (const id of [
      'tracker.register.replaces/new-port',
      'tracker.get-peers.at-most-five/6-others',
      'tracker.offline.third-party/dead-peer',
      'file.blocks.concatenate/ascii',
      'file.metadata.fields/for-a-text',
      'wire.invalid.no-state-change/tracker',
    ]) {
      expect(verdicts.get(id)).to.include({ verdict: 'pass' });
    }
    expect(verdicts.get('tracker.get-peers.uniform/every-pair')).to.include({
      verdict: 'not-applicable',
      message: 'the case needs a tracker launched for it, not one that already runs',
    });
    expect(verdicts.get('wire.invalid.no-state-change/tracker')?.repro).to.equal(
      `node bin/minibit.js conform --tracker ${where} --file ${file} --blocks ${blocks} --extension metadata ` +
        '--case wire.invalid.no-state-change/tracker --seed 1',
    );
    expect(await registered(tracker, 'zoe')).to.deep.equal(['ana', 'bia', 'caio']);
  });

  for (const [id, clause] of [
    ['six-in-a-list', 'tracker.get-peers.at-most-five'],
    ['negative-index', 'tracker.block.out-of-range'],
  ] as const) {
    it(`finds the defect ${id} of a running tracker`, async function () {
      this.timeout(60_000);
      const defect = defects.find((item) => item.id === id);
      if (defect === undefined) throw new Error(`There is no defect ${id}.`);
      const tracker = await startTracker(await loadMutant(defect));
      const where = `127.0.0.1:${tracker.port}`;
      const { exitCode, result } = await conform('--tracker', where, '--file', file, ...cases(clause));
      expect(exitCode).to.equal(1);
      expect(result.cases.filter(({ verdict }) => verdict === 'fail').map((item) => item.clause)).to.include(clause);
    });
  }

  it('refuses a number of blocks that is not that of the tracker', async () => {
    const tracker = await startTracker(await loadImplementation());
    for (const wrong of [blocks + 1, blocks - 1]) {
      const args = ['--tracker', `127.0.0.1:${tracker.port}`, '--file', file, '--blocks', String(wrong)];
      const { exitCode, stderr } = await execa('node', ['bin/minibit.js', 'conform', ...args], { reject: false });
      expect(stderr).to.contain(`--blocks is ${wrong}, but the tracker shares its file in ${blocks} blocks`);
      expect(exitCode).to.equal(2);
    }
    expect(await registered(tracker, 'zoe')).to.deep.equal([]);
  });

  it('judges a peer as a registered sender if its tracker is given, else as an unknown one', async function () {
    this.timeout(60_000);
    const python = await loadImplementation('impl/python');
    const tracker = await startTracker(python);
    const peer = await session.launch(python, 'peer', {
      blocks,
      peerId: 'ana',
      tracker,
      // Slow enough to stay incomplete.
      intervals: { unchokeMs: 500, infoMs: 500, peersMs: 200, paceMs: 20_000 },
    });
    await peer.untilListening(20_000);
    const servers = ['--tracker', `127.0.0.1:${tracker.port}`, '--file', file];
    const selection = cases('peer.announce', 'wire.types.strict-int/peer');
    const where = `127.0.0.1:${peer.port}`;
    const known = await conform('--peer', where, ...servers, ...selection);
    const verdictOf = (result: ConformanceResult) => new Map(result.cases.map(({ id, verdict }) => [id, verdict]));
    expect(known.exitCode).to.equal(0);
    expect(verdictOf(known.result).get('peer.announce.success/known-sender')).to.equal('pass');
    expect(verdictOf(known.result).get('wire.types.strict-int/peer')).to.equal('pass');
    const stranger = await conform('--peer', where, ...selection);
    expect(stranger.exitCode).to.equal(0);
    expect(verdictOf(stranger.result).get('peer.announce.unknown-sender/stranger')).to.equal('pass');
    expect(stranger.result.cases.find(({ id }) => id === 'peer.announce.success/known-sender')).to.include({
      verdict: 'not-applicable',
      message: 'the case needs a sender that the peer knows: give --tracker too, so that the suite can register',
    });
    expect(await registered(tracker, 'zoe')).to.deep.equal(['ana']);
  });

  const tracker = ['--tracker', '127.0.0.1:9'];
  const shared = ['--file', 'README.md', '--blocks', '3'];
  for (const [args, words] of [
    [['impl/python', ...tracker, ...shared], 'impl/python, not both'],
    [[...tracker, '--blocks', '3'], '--file is missing'],
    [[...tracker, '--file', 'README.md'], '--blocks is missing'],
    [[...tracker, '--file', '/no/such/file', '--blocks', '3'], '/no/such/file cannot be read: there is no such file.'],
    [[...tracker, '--file', 'README.md', '--blocks', '2.5'], '--blocks: "2.5"'],
    [['--tracker', 'localhost', ...shared], '--tracker: "localhost"'],
    [['--peer', '127.0.0.1:9', ...shared], '--file is for the tracker'],
    [['--blocks', '3'], '--blocks is for servers that already run'],
    [[...tracker, ...shared, '--extension', 'magic'], '"magic" must be one of keep_alive'],
    [[...tracker, ...shared], '--tracker: no server listens at 127.0.0.1:9'],
  ] as const) {
    it(`refuses ${args.join(' ')} and says why`, async () => {
      const failure: unknown = await conformCommand()
        .parseAsync([...args], { from: 'user' })
        .catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains(words);
    });
  }
});
