import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { execa } from 'execa';
import { UsageError } from '../launch/usage-error.ts';
import { checkDocument } from '../schemas/validate.ts';
import type { BenchmarkResult } from '../schemas/types.ts';
import { benchCommand } from './bench.ts';

describe('minibit bench', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** The command's temporary files go into the folder of the test. */
  function minibit(...args: string[]) {
    const options = { reject: false, env: { TMPDIR: folder }, timeout: 25_000 } as const;
    return execa('node', ['--import', 'tsx', 'cli/minibit.ts', 'bench', ...args], options);
  }

  async function result(path: string): Promise<BenchmarkResult> {
    return JSON.parse(await readFile(path, 'utf8')) as BenchmarkResult;
  }

  for (const [args, words] of [
    [['--peers', '3x'], '--peers: "3x"'],
    [['--blocks', '0'], '--blocks: "0"'],
    [['--repeat', '-1'], '--repeat'],
    [['--size', '11 parsecs'], 'must be a number with B'],
    [['--size', '1KB', '--file', 'README.md'], 'exclude each other'],
    [['--file', '/no/such/file'], '/no/such/file'],
    [['--json', '/no/such/folder/x.json'], '/no/such/folder'],
    [['/no/such/minibit.json'], '/no/such/minibit.json'],
    [['impl/python', '--file', process.execPath], 'encoding'],
  ] as const) {
    it(`refuses ${args.join(' ')} and names it`, async () => {
      const failure: unknown = await benchCommand()
        .parseAsync([...args], { from: 'user' })
        .catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains(words);
    });
  }

  it('then ends with exit code 2 and without a stack trace', async () => {
    const { exitCode, stderr, stdout } = await minibit('--peers', '3x');
    expect(stderr).to.contain('--peers: "3x"').and.not.contain('    at ');
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 2, stdout: '' });
  });

  it('writes a valid result and a page, prints the table, and leaves no other files', async () => {
    const [json, html] = [join(folder, 'result.json'), join(folder, 'page.html')];
    const run = await minibit('--peers', '2', '--blocks', '20', '--repeat', '2', '--json', json, '--html', html);
    expect(run.exitCode).to.equal(0);
    expect(run.stdout).to.contain('2 peers, 20 blocks, mean of 2 samples').and.contain('Benchmark: complete');
    expect(run.stderr).to.contain('swarm 4 of 4');
    const measured = await result(json);
    expect(checkDocument('benchmark-result', measured)).to.deep.equal([]);
    expect(measured.cells[0]?.samples.map(({ pass }) => pass).sort()).to.deep.equal([
      'counting',
      'counting',
      'timing',
      'timing',
    ]);
    expect(await readFile(html, 'utf8')).to.contain('2 peers · 20 blocks');
    expect((await readdir(folder)).filter((name) => name.startsWith('minibit-run'))).to.deep.equal([]);
  });

  it('writes the samples so far when interrupted', async () => {
    const json = join(folder, 'result.json');
    const running = minibit('--peers', '1', '--blocks', '20', '--repeat', '1000', '--json', json);
    running.stderr.once('data', () => running.kill('SIGINT'));
    expect((await running).exitCode).to.equal(130);
    const measured = await result(json);
    expect(measured).to.include({ verdict: 'incomplete', interruptedBy: 'SIGINT' });
    expect(checkDocument('benchmark-result', measured)).to.deep.equal([]);
    expect(measured.cells[0]?.samples[0]?.peers[0]?.outcome).to.equal('complete');
    expect((await readdir(folder)).filter((name) => name.startsWith('minibit-run'))).to.deep.equal([]);
  });
});
