import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { execa } from 'execa';
import { UsageError } from '../launch/usage-error.ts';
import type { InteropResult } from '../schemas/types.ts';
import { checkDocument } from '../schemas/validate.ts';
import { interopCommand } from './interop.ts';

describe('minibit interop', () => {
  for (const [args, words] of [
    [['impl/python'], 'two or more'],
    [['impl/python', '/no/such/minibit.json'], '/no/such/minibit.json'],
    [['impl/python', 'impl/reference', '--jobs', '0'], '--jobs: "0"'],
    [['impl/python', 'impl/reference', '--json', '/no/such/folder/x'], '/no/such/folder'],
  ] as const) {
    it(`refuses ${args.join(' ')} before anything starts, and names it`, async () => {
      const failure: unknown = await interopCommand()
        .parseAsync([...args], { from: 'user' })
        .catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains(words);
    });
  }

  it('writes the swarms so far when interrupted, and ends with the exit code of the signal', async function () {
    this.timeout(60_000);
    const folder = await mkdtemp(join(tmpdir(), 'minibit-test-'));
    try {
      const json = join(folder, 'result.json');
      const args = ['bin/minibit.js', 'interop', 'impl/reference', 'impl/python', '--jobs', '1', '--json', json];
      const running = execa('node', args, { reject: false, env: { TMPDIR: folder }, timeout: 50_000 });
      running.stderr.once('data', () => running.kill('SIGINT'));
      const { exitCode, stdout } = await running;
      expect(exitCode).to.equal(130);
      expect(stdout).to.contain('interrupted by SIGINT');
      const result = JSON.parse(await readFile(json, 'utf8')) as InteropResult;
      expect(checkDocument('interop-result', result)).to.deep.equal([]);
      expect(result).to.include({ verdict: 'incomplete', interruptedBy: 'SIGINT' });
      expect(result.swarms[0]?.state).to.equal('ok');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
