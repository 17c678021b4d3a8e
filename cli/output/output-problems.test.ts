import { expect } from 'chai';
import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, writeFiles } from '../../launch/test-support/files.ts';
import { caseOf, conformanceOf } from '../../reports/test-support/example-conformance.ts';

describe('output that cannot be written', () => {
  const folder = temporaryFolder();

  /** Runs `minibit report` on stored results, in a shell. */
  async function report(rest: string) {
    await writeFiles(folder.path, { 'stored.json': conformanceOf('x', caseOf('a/1')) });
    const command = `node bin/minibit.js report ${join(folder.path, 'stored.json')} ${rest}`;
    return execa(command, { shell: '/bin/bash', reject: false });
  }

  it('on standard output: one line on standard error, exit code 3', async () => {
    const { exitCode, stderr } = await report('> /dev/full');
    expect(stderr).to.match(/^standard output cannot be written: ENOSPC.*$/);
    expect(exitCode).to.equal(3);
  });

  it('on standard error: the files are written, standard output says so, exit code 3', async () => {
    const html = join(folder.path, 'a.html');
    const { exitCode, stdout } = await report(`--csv /dev/full --html ${html} 2> /dev/full`);
    expect(stdout.split('\n')).to.have.length(2);
    expect(stdout)
      .to.match(/^\/dev\/full cannot be written: ENOSPC/m)
      .and.match(/^standard error cannot be written: /m);
    expect(exitCode).to.equal(3);
    expect(existsSync(html)).to.equal(true);
  });

  it('on a report file: the other files are written, one line, exit code 3', async () => {
    const csv = join(folder.path, 'a.csv');
    const { exitCode, stderr } = await report(`--csv ${csv} --html /dev/full`);
    expect(stderr).to.match(/^\/dev\/full cannot be written: ENOSPC.*$/);
    expect(exitCode).to.equal(3);
    expect(existsSync(csv)).to.equal(true);
  });

  it('a reader that begins late gets all of it', async () => {
    const list = 'node bin/minibit.js conform --list';
    const { stdout } = await execa(
      `${list} > ${join(folder.path, 'list')}; ${list} | (sleep 1; cmp - ${join(folder.path, 'list')}) && echo same`,
      {
        shell: '/bin/bash',
        reject: false,
      },
    );
    expect(stdout).to.equal('same');
  });

  it('a reader that stops early is no problem', async () => {
    const { exitCode, stderr } = await report('| head -c 1; exit ${PIPESTATUS[0]}');
    expect(stderr).to.equal('');
    expect(exitCode).to.equal(0);
  });
});
