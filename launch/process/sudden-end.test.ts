import { expect } from 'chai';
import { execa } from 'execa';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { processesWith, shellProgram, temporaryFolder, until } from '../test-support/programs.ts';

// Each program ignores signals, keeps a child in its group, one in another session, and a daemon without environment.
const hostile = `
trap "" TERM HUP INT
tail -q -f /dev/null "$2" 2> /dev/null &
setsid tail -q -f /dev/null "$2" 2> /dev/null &
(env -i setsid tail -q -f /dev/null "$2" > /dev/null 2>&1 &)
echo ready
while :; do sleep 0.2; done`;
const count = 20;

describe('The end of a harness', () => {
  const folder = temporaryFolder();
  const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);

  /** Starts a process with a run of hostile programs; it tells the run's folder when all are up. */
  async function harness(lastWord: string) {
    const { path } = await shellProgram(folder.path, hostile);
    const script = `
      import { Session } from ${here('../session.ts')};
      import { loadImplementation } from ${here('../manifest/load-implementation.ts')};
      import { poll } from ${here('../poll.ts')};
      const session = await Session.open();
      const implementation = await loadImplementation(${JSON.stringify(path)});
      const launches = Array.from({ length: ${count} }, () => session.launch(implementation, 'peer', { blocks: 1 }));
      const programs = await Promise.all(launches);
      await poll(() => programs.every((program) => program.stdout() === 'ready\\n'), 15_000);
      console.log(session.folder);
      ${lastWord}`;
    const child = execa(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
      reject: false,
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return { child, folder: line };
  }

  /** Expects that within two seconds nothing is left. */
  async function expectNothing(runFolder: string): Promise<void> {
    expect(runFolder).to.contain('minibit-run-');
    await until('the folder is deleted', () => !existsSync(runFolder), 2_000);
    await until('no process is left', () => processesWith(runFolder).length === 0, 2_000);
  }

  it('by SIGKILL to its whole group leaves nothing', async () => {
    const { child, folder: runFolder } = await harness('');
    expect(processesWith(runFolder)).to.have.length.of.at.least(4 * count);
    process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
    await expectNothing(runFolder);
  });

  it('by process.exit leaves nothing', async () => {
    await expectNothing((await harness('process.exit(1);')).folder);
  });

  it('by an error leaves nothing', async () => {
    await expectNothing((await harness('throw new Error("unforeseen");')).folder);
  });

  it('comes by itself when its run is closed', async () => {
    const { child, folder: runFolder } = await harness('await session.close({ polite: false });');
    await until('it has ended', () => child.exitCode !== null, 4_000);
    expect(child.exitCode).to.equal(0);
    await expectNothing(runFolder);
  });
});
