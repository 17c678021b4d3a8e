import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { temporaryFolder } from './test-support/files.ts';
import { processesWith, shellProgram } from './test-support/programs.ts';
import { rejection, until } from './test-support/promises.ts';
import type { Program } from './process/program.ts';
import { Session } from './session.ts';

const stubborn = 'trap "" TERM HUP INT; setsid tail -q -f /dev/null "$2" & echo ready; while :; do sleep 0.1; done';

describe('Session', () => {
  const folder = temporaryFolder();
  const sessions: Session[] = [];
  afterEach(() => Promise.all(sessions.splice(0).map((session) => session.close({ polite: false }))));

  async function open(options?: { keep?: boolean }): Promise<Session> {
    const session = await Session.open(options);
    sessions.push(session);
    return session;
  }

  async function launchMany(session: Session, script: string, count: number): Promise<Program[]> {
    const implementation = await shellProgram(folder.path, script);
    const launches = Array.from({ length: count }, (_, index) =>
      session.launch(implementation, 'peer', { blocks: 3, peerId: `peer${index}` }),
    );
    const programs = await Promise.all(launches);
    await until('all are ready', () => programs.every((program) => program.stdout() === 'ready\n'));
    return programs;
  }

  for (const polite of [true, false]) {
    it(`closes ${polite ? 'politely' : 'at once'} with twenty programs that resist`, async () => {
      const session = await open();
      const programs = await launchMany(session, stubborn, 20);
      const startedMs = performance.now();
      await session.close({ polite });
      expect(performance.now() - startedMs).to.be.lessThan(2_000);
      expect(existsSync(session.folder)).to.be.false;
      expect(processesWith(session.folder)).to.deep.equal([]);
      for (const program of programs) expect(program.exit?.signal).to.equal('SIGKILL');
    });
  }

  it('closes once, and starts nothing afterwards', async () => {
    const session = await open();
    const implementation = await shellProgram(folder.path, 'exec sleep 1000');
    const late = session.launch(implementation, 'peer', { blocks: 1 });
    const both = [session.close(), session.close({ polite: false })];
    expect(await rejection(late)).to.have.property('message', 'The session has been closed.');
    await Promise.all(both);
    await session.close();
    expect(await rejection(session.launch(implementation, 'peer', { blocks: 1 }))).to.be.instanceOf(Error);
    expect(existsSync(session.folder)).to.be.false;
  });

  it('closes after a program was stopped', async () => {
    const session = await open();
    const [program] = await launchMany(session, 'echo ready; exec sleep 1000', 1);
    await program?.stop();
    await session.close();
    expect(program?.stdout()).to.equal('ready\n');
  });

  it('deletes folders that are locked, or nested deeper than the longest path', async () => {
    const session = await open();
    await launchMany(
      session,
      `python3 -c '
import os
for _ in range(3000):
  os.mkdir("deep")
  os.chdir("deep")'
      mkdir -p locked/in && touch locked/in/file && chmod 0 locked/in locked .
      echo ready`,
      1,
    );
    await session.close();
    expect(existsSync(session.folder)).to.be.false;
  });

  it('keeps its folder if asked to, but no processes', async () => {
    const session = await open({ keep: true });
    const [program] = await launchMany(session, stubborn, 1);
    await session.close({ polite: false });
    expect(existsSync(program?.workspace ?? '')).to.be.true;
    expect(processesWith(session.folder)).to.deep.equal([]);
    await rm(session.folder, { recursive: true });
  });

  it('cleans up without its watchdog', async () => {
    const session = await open();
    const watchdogs = processesWith(session.folder);
    expect(watchdogs).to.have.length(1);
    await launchMany(session, stubborn, 2);
    for (const pid of watchdogs) process.kill(pid, 'SIGKILL');
    await session.close({ polite: false });
    expect(existsSync(session.folder)).to.be.false;
    expect(processesWith(session.folder)).to.deep.equal([]);
  });

  it('leases ports', async () => {
    const session = await open();
    expect(await session.leasePort()).to.not.equal(await session.leasePort());
    await session.close();
  });
});
