import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { UsageError } from '../launch/usage-error.ts';
import { comparison } from '../reports/test-support/example-comparison.ts';
import { caseOf, conformanceOf, failingCase, hostileResult } from '../reports/test-support/example-conformance.ts';
import { interopOf, interopSwarm, wrongBlock } from '../reports/test-support/example-interop.ts';
import { benchmarkOf, cellOf, completeRow } from '../reports/test-support/example-results.ts';
import { reportCommand } from './report.ts';

const conformance = conformanceOf('x', caseOf('a/1'), failingCase('a/2'));
const benchmark = benchmarkOf(cellOf(3, 20, [completeRow('peer1', 500, 40, 70)]));

describe('minibit report', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function file(name: string, content: unknown): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  /** Makes one report of the files. */
  async function report(option: string, ...files: string[]): Promise<string> {
    const target = join(folder, 'report');
    await reportCommand().parseAsync([...files, option, target], { from: 'user' });
    return readFile(target, 'utf8');
  }

  it('makes every format from a stored conformance result', async () => {
    const stored = await file('a.json', conformance);
    expect(await report('--html', stored)).to.contain('<title>Conformance: x</title>');
    expect(await report('--markdown', stored)).to.contain('## ❌ x: not conforming');
    expect(await report('--junit', stored)).to.contain('<testsuites');
    expect(await report('--badge', stored)).to.contain('1 MUST broken');
    expect(await report('--csv', stored)).to.contain('x,/x/minibit.json,not-conforming');
  });

  it('makes the reports of a benchmark, alone and with a conformance result', async () => {
    const [stored, other] = [await file('a.json', benchmark), await file('b.json', conformance)];
    expect(await report('--csv', stored)).to.contain('example,3,20,1,peer1,complete');
    const page = await report('--html', stored, other);
    expect(page).to.contain('id="benchmark"').and.contain('id="conformance"');
    expect(await report('--markdown', stored, other))
      .to.contain('x: not conforming')
      .and.contain('benchmark complete');
    const failure: unknown = await report('--junit', stored, other).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains('--junit');
  });

  it('makes a page of an interop result, and names it where another report is asked for', async () => {
    const stored = await file('a.json', interopOf(['ours', 'theirs'], [interopSwarm(0, 1, wrongBlock)]));
    expect(await report('--html', stored))
      .to.contain('<title>Interop: ours, theirs</title>')
      .and.contain('id="interop"');
    const failure: unknown = await report('--csv', stored).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains('--html');
  });

  it('makes the page, the summary and the files for dashboards of a comparison', async () => {
    const stored = await file('a.json', comparison());
    expect(await report('--html', stored))
      .to.contain('id="compare"')
      .and.contain('Head is slower than base.');
    expect(await report('--markdown', stored)).to.contain('## ❌ example against');
    expect(await report('--benchmark-action', stored)).to.contain('3 peers × 40 blocks, time');
    expect(await report('--bencher', stored)).to.contain('"latency"');
  });

  it('reads several results from a file, and results with hostile text', async () => {
    const both = await file('both.json', [conformance, hostileResult()]);
    expect(await report('--csv', both, await file('c.json', hostileResult()))).to.match(/^x,.*\r\n"'=1/m);
  });

  for (const [content, words] of [
    ['{"format":', 'line 1, column 11'],
    ['"text"', 'is not a result'],
    [[conformance, { format: 'other' }], 'is not a result'],
    [null, 'is not a result'],
    [{ ...conformance, verdict: 'fine' }, 'verdict must be one of'],
    [{ ...benchmark, cells: [{}] }, 'cells[0].peers is required'],
  ] as const) {
    it(`refuses ${JSON.stringify(content).slice(0, 30)}…: ${words}`, async () => {
      const path = await file('bad.json', content);
      const failure: unknown = await report('--csv', path).catch((error: unknown) => error);
      expect(failure)
        .to.be.instanceOf(UsageError)
        .with.property('message')
        .that.contains(words)
        .and.contains('bad.json');
    });
  }
});
