import { expect } from 'chai';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  listen,
  processesWith,
  rejection,
  shellProgram,
  temporaryFolder,
  textOf,
  until,
} from '../test-support/programs.ts';
import { ProgramTrouble, stopPatienceMs } from './program.ts';
import type { Program } from './program.ts';
import { isListening } from '../ports/listening.ts';
import { maxOutputBytes } from './output-file.ts';
import { Session } from '../session.ts';

const startMs = 15_000;

describe('Program', () => {
  const folder = temporaryFolder();
  let session: Session;
  beforeEach(async () => (session = await Session.open()));
  afterEach(() => session.close({ polite: false }));

  async function start(script: string): Promise<Program> {
    return session.launch(await shellProgram(folder.path, script), 'peer', { blocks: 3, peerId: 'A' });
  }

  /** Stops it and expects that nothing of it is left. */
  async function stopWhole(program: Program): Promise<void> {
    await program.stop();
    expect(processesWith(program.workspace)).to.deep.equal([]);
    expect(await isListening(program.port)).to.be.false;
  }

  it('is ready when it listens, and tells how much memory it took', async () => {
    const program = await start(listen);
    await program.untilListening(startMs);
    expect(await program.isListening()).to.be.true;
    expect(program.resources()?.peakMemoryBytes).to.be.within(2 ** 20, 2 ** 30);
    expect(program.exit).to.be.undefined;
    await stopWhole(program);
    expect(program.exit).to.deep.include({ code: null, signal: 'SIGTERM' });
    expect(program.resources()?.peakMemoryBytes).to.be.within(2 ** 20, 2 ** 30);
  });

  it('tells its exit code, and what it printed, also after it was stopped', async () => {
    const program = await start('echo out; echo err >&2; exit 3');
    const exit = await program.exited;
    expect(exit).to.include({ code: 3, signal: null });
    expect(exit.atMs).to.be.greaterThan(program.startedAtMs);
    await program.stop();
    expect([program.stdout(), program.stderr()]).to.deep.equal(['out\n', 'err\n']);
  });

  it('does not take an end by a signal for success', async () => {
    const program = await start('kill -SEGV $$');
    expect(await program.exited).to.include({ code: null, signal: 'SIGSEGV' });
  });

  it('is not waited for when it has ended', async () => {
    const error = await rejection((await start('echo no port >&2; exit 1')).untilListening(startMs));
    expect(error).to.be.instanceOf(ProgramTrouble).and.include({ kind: 'exited', stderr: 'no port\n' });
    expect((error as Error).message).to.match(/^The peer ended with exit code 1 before it listened on port \d+\.$/);
  });

  it('is waited for no longer than said', async () => {
    const error = await rejection((await start('echo busy >&2; exec sleep 1000')).untilListening(300));
    expect(error).to.be.instanceOf(ProgramTrouble).and.include({ kind: 'deadline' });
    expect((error as ProgramTrouble).stderr).to.equal('busy\n');
  });

  it('gets a signal itself', async () => {
    const program = await start('trap "echo usr1; exit 5" USR1; echo ready; while :; do sleep 0.02; done');
    await until('it is ready', () => program.stdout() === 'ready\n');
    program.signal('SIGUSR1');
    expect((await program.exited).code).to.equal(5);
    program.signal('SIGUSR1');
  });

  it('may say goodbye when it is stopped', async () => {
    const program = await start('trap "echo goodbye; exit 0" TERM; echo ready; while :; do sleep 0.02; done');
    await until('it is ready', () => program.stdout() === 'ready\n');
    await stopWhole(program);
    expect(program.stdout()).to.equal('ready\ngoodbye\n');
    expect(program.exit).to.include({ code: 0, signal: null });
  });

  it('is killed when it does not stop', async () => {
    const program = await start('trap "" TERM; echo ready; while :; do sleep 0.02; done');
    await until('it is ready', () => program.stdout() === 'ready\n');
    const startedMs = performance.now();
    await stopWhole(program);
    expect(performance.now() - startedMs).to.be.within(stopPatienceMs - 1, stopPatienceMs + 1_500);
    expect(program.exit).to.include({ code: null, signal: 'SIGKILL' });
  });

  // A process that can be told by its command line, which has the workspace in it ($2).
  const idle = 'tail -q -f /dev/null "$2" 2> /dev/null';
  const hop = `setsid python3 -c '
import os, time
end = time.time() + 20
while time.time() < end:
  if os.fork(): os._exit(0)
  os.setsid()
  time.sleep(0.005)' "$2"`;
  const hostile: [what: string, script: string][] = [
    ['leaves children in its group', `${idle} & echo ready; exec sleep 1000`],
    ['moves children to other sessions', `setsid ${idle} & echo ready; exec sleep 1000`],
    ['puts a daemon into the background', `(setsid ${idle} > /dev/null < /dev/null &); echo ready`],
    ['clears the environment of a daemon', `(env -i setsid ${idle} > /dev/null < /dev/null &); echo ready`],
    ['clears it and goes elsewhere', `(cd / && env -i setsid tail -q -f /dev/null "$2" < /dev/null &); echo ready`],
    ['leaves a daemon that ignores signals', `(trap "" TERM HUP INT; setsid ${idle} &); echo ready`],
    ['flees from one process to the next', `${hop} & echo ready; exec sleep 1000`],
    ['deletes the files around it', `${idle} & rm -rf ../../*; echo ready; exec sleep 1000`],
  ];
  for (const [what, script] of hostile) {
    it(`is stopped whole if it ${what}`, async () => {
      const program = await start(script);
      await until('it is ready', () => program.stdout() === 'ready\n');
      await until('its child is there', () => processesWith(program.workspace).length > 0);
      await stopWhole(program);
    });
  }

  it('has its port free after the stop, also if a child of it holds it', async () => {
    const program = await start(`setsid sh -c '${listen.replaceAll("'", `'"'"'`)}' sh "$1" & exec sleep 1000`);
    await program.untilListening(startMs);
    await stopWhole(program);
  });

  it('may print without end', async () => {
    const program = await start('exec yes');
    const path = join(program.workspace, '../stdout.txt');
    let size = 0;
    let cuts = 0;
    await until('its output has been cut twice', () => {
      const now = statSync(path).size;
      if (now < size) cuts++;
      size = now;
      return cuts >= 2;
    });
    await stopWhole(program);
    expect(program.stdout()).to.match(/^(y?\n)(y\n){32767}y?$/);
    expect(maxOutputBytes).to.be.lessThan(2 ** 25);
  });

  it('cannot start with a command that is none, or on a port that is taken', async () => {
    const other = await start(listen);
    await other.untilListening(startMs);
    const implementation = await shellProgram(folder.path, '');
    const taken = session.launch(implementation, 'peer', { blocks: 1, port: other.port });
    expect(await rejection(taken))
      .to.be.instanceOf(ProgramTrouble)
      .and.include({ kind: 'cannot-start' });
    const command: [string] = ['\0'];
    const manifest = { ...implementation.manifest, peer: { command } };
    const impossible = session.launch({ ...implementation, manifest }, 'peer', { blocks: 1 });
    expect(await rejection(impossible))
      .to.be.instanceOf(ProgramTrouble)
      .and.include({ kind: 'cannot-start' });
  });

  it('leaves its whole output in files beside its workspace', async () => {
    const program = await start('echo out; echo err >&2');
    await program.exited;
    expect(await textOf(join(program.workspace, '../stdout.txt'))).to.equal('out\n');
    expect(await textOf(join(program.workspace, '../stderr.txt'))).to.equal('err\n');
    expect(existsSync(program.workspace)).to.be.true;
  });
});
