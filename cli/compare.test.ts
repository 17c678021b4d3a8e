import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { execa } from 'execa';
import { UsageError } from '../launch/usage-error.ts';
import type { CompareResult } from '../schemas/types.ts';
import { checkDocument } from '../schemas/validate.ts';
import { compareCommand } from './compare.ts';

describe('minibit compare', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const both = ['--base', 'impl/python', '--head', 'impl/python'];
  for (const [args, words] of [
    [[], 'two builds'],
    [['--base', 'impl/python'], 'two builds'],
    [[...both, 'a.json', 'b.json'], 'two builds'],
    [['a.json'], 'two builds'],
    [['/no/such/a.json', 'b.json'], '/no/such/a.json'],
    [['package.json', 'package.json'], 'package.json is not a result'],
    [['--rounds', '20', 'a.json', 'b.json'], '--rounds'],
    [['--micro', 'a.json', 'b.json'], '--micro'],
    [[...both, '--rounds', '7'], 'from 8 to'],
    [[...both, '--floor', 'low'], '--floor'],
    [[...both, '--latency', '5'], 'must be a number above 0 with ms or s'],
    [[...both, '--budget', 'package.json'], 'package.json cannot be used'],
    [[...both, '--json', 'x.json', '--markdown', 'x.json'], 'x.json is given for two reports'],
    [[...both, '--size', '9000000GB'], '--size'],
    [['--base', 'impl/python', '--head', 'git:main'], '--head'],
    [['--base', 'git:no-such-revision', '--head', 'impl/python'], 'git rev-parse'],
    [[...both, '--micro', '--base', tmpdir()], 'no such manifest'],
  ] as const) {
    it(`refuses ${args.join(' ') || 'no arguments'} and names what is wrong`, async () => {
      const failure: unknown = await compareCommand()
        .parseAsync([...args], { from: 'user' })
        .catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains(words);
    });
  }

  it('ends with 1 after the first round in which only head fails, and writes every format', async () => {
    const script = 'process.exit(7)';
    const head = {
      name: 'leaves at once',
      peer: { command: ['node', 'peer.mjs', '{output}'], output: 'output', onComplete: 'exit' },
    };
    await writeFile(join(folder, 'peer.mjs'), script);
    await writeFile(join(folder, 'minibit.json'), JSON.stringify(head));
    const out = await mkdtemp(join(tmpdir(), 'minibit-test-'));
    try {
      const files = { json: 'r.json', markdown: 'r.md', 'benchmark-action': 'a.json', bencher: 'b.json' };
      const options = Object.entries(files).flatMap(([option, file]) => [`--${option}`, join(out, file)]);
      const args = [
        'compare',
        '--base',
        'impl/reference',
        '--head',
        folder,
        '--peers',
        '1',
        '--blocks',
        '5',
        ...options,
      ];
      const { exitCode, stdout } = await execa('node', ['--import', 'tsx', 'cli/minibit.ts', ...args], {
        reject: false,
        env: { TMPDIR: out },
        timeout: 29_000,
      });
      expect(stdout).to.contain('peer1: ').and.contain('Exit code 1, regression');
      expect(exitCode).to.equal(1);
      const result = JSON.parse(await readFile(join(out, 'r.json'), 'utf8')) as CompareResult;
      expect(checkDocument('compare-result', result)).to.deep.equal([]);
      expect(result.batches[0]?.rounds).to.have.length(1);
      const left = (await readdir(out)).filter((name) => name.startsWith('minibit-run'));
      expect(left).to.deep.equal([]);
    } finally {
      await rm(out, { recursive: true });
    }
  });
});
