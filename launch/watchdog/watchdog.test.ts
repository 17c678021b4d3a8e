import { expect } from 'chai';
import { execa } from 'execa';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { temporaryFolder } from '../test-support/files.ts';
import { processesWith, shellProgram } from '../test-support/programs.ts';
import { until } from '../test-support/promises.ts';

// Each program ignores signals and starts a child in its group, one in another session, and a daemon without environment.
const hostile = `
trap "" TERM HUP INT
tail -q -f /dev/null "$2" 2> /dev/null &
setsid tail -q -f /dev/null "$2" 2> /dev/null &
(env -i setsid tail -q -f /dev/null "$2" > /dev/null 2>&1 &)
echo ready
while :; do sleep 0.2; done`;
const count = 20;

describe('Watchdog', () => {
  const folder = temporaryFolder();
  const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);

  /** Starts a process with a session of hostile programs, which prints the session's folder when all are ready. */
  async function harness(ending: string) {
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
      ${ending}`;
    const child = execa(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
      reject: false,
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return { child, folder: line };
  }

  /** Expects that the folder and all processes are gone within two seconds. */
  async function expectCleanedUp(sessionFolder: string): Promise<void> {
    expect(sessionFolder).to.contain('minibit-run-');
    await until('the folder is deleted', () => !existsSync(sessionFolder), 2_000);
    await until('no process is left', () => processesWith(sessionFolder).length === 0, 2_000);
  }

  it('cleans up after SIGKILL to the harness and its group', async () => {
    const { child, folder: sessionFolder } = await harness('');
    expect(processesWith(sessionFolder)).to.have.length.of.at.least(4 * count);
    process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
    await expectCleanedUp(sessionFolder);
  });

  it('cleans up after process.exit', async () => {
    await expectCleanedUp((await harness('process.exit(1);')).folder);
  });

  it('cleans up after an uncaught error', async () => {
    await expectCleanedUp((await harness('throw new Error("unforeseen");')).folder);
  });

  it('lets the harness exit when its session is closed', async () => {
    const { child, folder: sessionFolder } = await harness('await session.close({ polite: false });');
    await until('it has ended', () => child.exitCode !== null, 4_000);
    expect(child.exitCode).to.equal(0);
    await expectCleanedUp(sessionFolder);
  });
});
