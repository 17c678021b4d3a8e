import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import { execa } from 'execa';
import { UsageError } from '../launch/usage-error.ts';
import type { CaseList, ConformanceResult, Manifest } from '../schemas/types.ts';
import { checkDocument } from '../schemas/validate.ts';
import { conformCommand } from './conform.ts';

const blockCase = 'tracker.block.out-of-range';

describe('minibit conform', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** The command's temporary files go into the folder of the test. */
  function minibit(...args: string[]) {
    const options = { reject: false, env: { TMPDIR: folder }, timeout: 50_000 } as const;
    return execa('node', ['bin/minibit.js', 'conform', ...args], options);
  }

  /** A changed copy of the Python implementation. */
  async function python(name: string, change: (manifest: Manifest) => Manifest): Promise<string> {
    const path = join(folder, name);
    await cp('impl/python', path, { recursive: true, filter: (file) => !file.includes('__pycache__') });
    const manifest = JSON.parse(await readFile(join(path, 'minibit.json'), 'utf8')) as Manifest;
    await writeFile(join(path, 'minibit.json'), JSON.stringify(change({ ...manifest, name })));
    return path;
  }

  async function read<T>(path: string): Promise<T> {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  }

  for (const [args, words] of [
    [['--case', 'no.such'], '"no.such" names no case'],
    [['--jobs', '0'], '--jobs: "0"'],
    [['impl/python', '/no/such/minibit.json'], '/no/such/minibit.json'],
    [['impl/python', 'impl/reference', '--known-failures', 'x'], '--known-failures is for one implementation'],
    [['--known-failures', '/no/such/file'], '/no/such/file'],
    [['--junit', '/no/such/folder/x'], '/no/such/folder'],
    [['--junit', '/tmp/one', '--csv', '/tmp/../tmp/one'], 'given for two reports'],
  ] as const) {
    it(`refuses ${args.join(' ')} before anything starts, and names it`, async () => {
      const failure: unknown = await conformCommand()
        .parseAsync([...args], { from: 'user' })
        .catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains(words);
    });
  }

  it('lists the cases as JSON', async () => {
    const path = join(folder, 'list.json');
    await conformCommand().parseAsync(['--list', '--json', path, '--case', blockCase], { from: 'user' });
    const list = await read<CaseList>(path);
    expect(checkDocument('case-list', list)).to.deep.equal([]);
    expect(list.clauses.map(({ id }) => id)).to.include(blockCase);
  });

  it('judges several side by side, with a line, a JSON entry and a CSV line for each, and the worst exit code', async function () {
    this.timeout(60_000);
    const dead = await python('dead', (manifest) => ({
      ...manifest,
      tracker: { command: ['python3', '-c', 'exit(3)'] },
    }));
    const [json, csv] = [join(folder, 'all.json'), join(folder, 'all.csv')];
    const run = await minibit(dead, 'impl/python', '--case', blockCase, '--json', json, '--csv', csv);
    expect(run.stdout).to.match(/^dead +not conforming +.*\nminibit-python +conforming .*$/);
    expect(run.exitCode).to.equal(1);
    const results = await read<ConformanceResult[]>(json);
    expect(results.map(({ verdict }) => verdict)).to.deep.equal(['not-conforming', 'conforming']);
    for (const result of results) expect(checkDocument('conformance-result', result)).to.deep.equal([]);
    expect(results[0]?.cases[0]).to.include({ verdict: 'error', cause: 'the tracker does not start' });
    expect(results[0]?.starts?.tracker).to.include({ verdict: 'does-not-start' });
    expect((await readFile(csv, 'utf8')).split('\r\n')).to.have.length(4);
  });

  it('accepts failures listed beside the manifest as long as they fail', async function () {
    this.timeout(60_000);
    const path = await python('broken', (manifest) => manifest);
    const tracker = join(path, 'tracker.py');
    const source = await readFile(tracker, 'utf8');
    await writeFile(tracker, source.replace("'block_index': index", "'block_index': 99"));
    const entry = { case: 'tracker.block.serves/own-index', reason: 'ticket 12' };
    await writeFile(join(path, 'known-failures.json'), JSON.stringify([entry]));
    const json = join(folder, 'x.json');
    const run = await minibit(path, '--case', 'tracker.block.serves', '--json', json);
    const result = await read<ConformanceResult>(json);
    expect(result.knownFailures).to.deep.equal([{ ...entry, state: 'failed' }]);
    expect(result.verdict).to.equal('known-failures');
    expect(run).to.include({ exitCode: 0 }).and.have.property('stdout').that.contains('ticket 12');
    await writeFile(tracker, source);
    expect((await minibit(path, '--case', 'tracker.block.serves')).exitCode).to.equal(1);
  });

  it('ends within two seconds of an interrupt, and writes the verdicts so far', async function () {
    this.timeout(60_000);
    // Without options for its timers, the peer keeps those of the paper.
    const slow = await python('slow', (manifest) => {
      const command =
        manifest.peer?.command.filter((word) => !/^--(?:unchoke|info|peers|pace)-s$|[^t]_s\}$/.test(word)) ?? [];
      return { ...manifest, peer: { ...manifest.peer, command: command as [string, ...string[]] } };
    });
    const [json, html] = [join(folder, 'x.json'), join(folder, 'x.html')];
    const selection = ['--case', blockCase, '--case', 'peer.choking', '--jobs', '24'];
    const running = minibit(slow, ...selection, '--json', json, '--html', html);
    let interruptedAtMs = 0;
    running.stderr.on('data', (text: Buffer) => {
      if (interruptedAtMs > 0 || !/\b[1-9]\d* of \d+ cases judged/.test(text.toString())) return;
      interruptedAtMs = performance.now();
      running.kill('SIGINT');
    });
    expect((await running).exitCode).to.equal(130);
    const endedAtMs = performance.now();
    // Two seconds on an idle machine; on a busy one more, in proportion to the start of a trivial program.
    await execa('node', ['--eval', '0']);
    expect(endedAtMs - interruptedAtMs).to.be.below(2_000 + 5 * (performance.now() - endedAtMs));
    const result = await read<ConformanceResult>(json);
    expect(result).to.include({ interruptedBy: 'SIGINT', verdict: 'not-judged' });
    expect(result.cases.map(({ clause, verdict }) => `${verdict} ${clause}`)).to.include(`pass ${blockCase}`);
    expect(await readFile(html, 'utf8')).to.contain('interrupted by SIGINT');
    expect((await readdir(folder)).filter((name) => name.startsWith('minibit-run'))).to.deep.equal([]);
  });
});
