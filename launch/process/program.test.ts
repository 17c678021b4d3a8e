import { expect } from 'chai';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, textOf } from '../test-support/files.ts';
import { listen, processesWith, shellProgram } from '../test-support/programs.ts';
import { rejection, until } from '../test-support/promises.ts';
import { stopPatienceMs } from './program.ts';
import { ProgramError } from './program-error.ts';
import type { Program } from './program.ts';
import { isListening } from '../ports/is-listening.ts';
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

  /** Stops it and expects that no process is left and the port is free. */
  async function stopCompletely(program: Program): Promise<void> {
    await program.stop();
    expect(processesWith(program.workspace)).to.deep.equal([]);
    expect(await isListening(program.port)).to.be.false;
  }

  it('is ready when it listens, and reports its peak memory', async () => {
    const program = await start(listen);
    await program.untilListening(startMs);
    expect(await program.isListening()).to.be.true;
    expect(program.resources()?.peakMemoryBytes).to.be.within(2 ** 20, 2 ** 30);
    expect(program.exit).to.be.undefined;
    await stopCompletely(program);
    expect(program.exit).to.deep.include({ code: null, signal: 'SIGTERM' });
    expect(program.resources()?.peakMemoryBytes).to.be.within(2 ** 20, 2 ** 30);
  });

  it('reports its exit code and output, also after it was stopped', async () => {
    const program = await start('echo out; echo err >&2; exit 3');
    const exit = await program.exited;
    expect(exit).to.include({ code: 3, signal: null });
    expect(exit.atMs).to.be.greaterThan(program.startedAtMs);
    await program.stop();
    expect([program.stdout(), program.stderr()]).to.deep.equal(['out\n', 'err\n']);
  });

  it('reports the signal that ended it', async () => {
    const program = await start('kill -SEGV $$');
    expect(await program.exited).to.include({ code: null, signal: 'SIGSEGV' });
  });

  it('stops waiting when it has ended', async () => {
    const error = await rejection((await start('echo no port >&2; exit 1')).untilListening(startMs));
    expect(error).to.be.instanceOf(ProgramError).and.include({ kind: 'exited' });
    expect((error as ProgramError).output).to.deep.equal({ stdout: '', stderr: 'no port\n' });
    expect((error as Error).message).to.match(/^The peer ended with exit code 1 before it listened on port \d+\.$/);
  });

  it('stops waiting at the deadline', async () => {
    const error = await rejection((await start('echo busy >&2; exec sleep 1000')).untilListening(300));
    expect(error).to.be.instanceOf(ProgramError).and.include({ kind: 'deadline' });
    expect((error as ProgramError).output.stderr).to.equal('busy\n');
  });

  it('receives signals', async () => {
    const program = await start('trap "echo usr1; exit 5" USR1; echo ready; while :; do sleep 0.02; done');
    await until('it is ready', () => program.stdout() === 'ready\n');
    program.signal('SIGUSR1');
    expect((await program.exited).code).to.equal(5);
    program.signal('SIGUSR1');
  });

  it('receives signals behind a shell that waits for it', async () => {
    const peer = `python3 -c '
import os, signal, sys
signal.signal(signal.SIGTERM, lambda *_: (print("goodbye", flush=True), os._exit(0)))
print("ready", flush=True)
while True: signal.pause()'
echo after`;
    const program = await start(peer);
    await until('it is ready', () => program.stdout() === 'ready\n');
    program.signal('SIGTERM');
    await until('it said goodbye', () => program.stdout() === 'ready\ngoodbye\n');
    await program.stop();
  });

  it('has time to clean up when it is stopped', async () => {
    const program = await start('trap "echo goodbye; exit 0" TERM; echo ready; while :; do sleep 0.02; done');
    await until('it is ready', () => program.stdout() === 'ready\n');
    await stopCompletely(program);
    expect(program.stdout()).to.equal('ready\ngoodbye\n');
    expect(program.exit).to.include({ code: 0, signal: null });
  });

  it('is killed when it ignores SIGTERM', async () => {
    const program = await start('trap "" TERM; echo ready; while :; do sleep 0.02; done');
    await until('it is ready', () => program.stdout() === 'ready\n');
    const startedMs = performance.now();
    await stopCompletely(program);
    expect(performance.now() - startedMs).to.be.within(stopPatienceMs - 1, stopPatienceMs + 1_500);
    expect(program.exit).to.include({ code: null, signal: 'SIGKILL' });
  });

  // A process whose command line contains the workspace ($2), by which the test finds it.
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
    ['starts a daemon', `(setsid ${idle} > /dev/null < /dev/null &); echo ready`],
    ['starts a daemon without environment', `(env -i setsid ${idle} > /dev/null < /dev/null &); echo ready`],
    [
      'starts a daemon without environment in another folder',
      `(cd / && env -i setsid tail -q -f /dev/null "$2" < /dev/null &); echo ready`,
    ],
    ['starts a daemon that ignores signals', `(trap "" TERM HUP INT; setsid ${idle} &); echo ready`],
    ['forks again and again', `${hop} & echo ready; exec sleep 1000`],
    ['deletes the files of its session', `${idle} & rm -rf ../../*; echo ready; exec sleep 1000`],
  ];
  for (const [what, script] of hostile) {
    it(`is stopped completely if it ${what}`, async () => {
      const program = await start(script);
      await until('it is ready', () => program.stdout() === 'ready\n');
      await until('its child runs', () => processesWith(program.workspace).length > 0);
      await stopCompletely(program);
    });
  }

  it('frees its port when it is stopped, also if a child listens on it', async () => {
    const program = await start(`setsid sh -c '${listen.replaceAll("'", `'"'"'`)}' sh "$1" & exec sleep 1000`);
    await program.untilListening(startMs);
    await stopCompletely(program);
  });

  it('has its endless output truncated', async () => {
    const program = await start('exec yes');
    const path = join(program.workspace, '../stdout.txt');
    let size = 0;
    let truncations = 0;
    await until('its output has been truncated twice', () => {
      const now = statSync(path).size;
      if (now < size) truncations++;
      size = now;
      return truncations >= 2;
    });
    await stopCompletely(program);
    expect(program.stdout()).to.match(/^(y?\n)(y\n){32767}y?$/);
    expect(maxOutputBytes).to.be.lessThan(2 ** 25);
  });

  it('cannot start with an invalid command, or on a port in use', async () => {
    const other = await start(listen);
    await other.untilListening(startMs);
    const implementation = await shellProgram(folder.path, '');
    const taken = session.launch(implementation, 'peer', { blocks: 1, port: other.port });
    expect(await rejection(taken))
      .to.be.instanceOf(ProgramError)
      .and.include({ kind: 'cannot-start' });
    const command: [string] = ['\0'];
    const manifest = { ...implementation.manifest, peer: { command } };
    const impossible = session.launch({ ...implementation, manifest }, 'peer', { blocks: 1 });
    expect(await rejection(impossible))
      .to.be.instanceOf(ProgramError)
      .and.include({ kind: 'cannot-start' });
  });

  it('leaves its output in files next to its workspace', async () => {
    const program = await start('echo out; echo err >&2');
    await program.exited;
    expect(await textOf(join(program.workspace, '../stdout.txt'))).to.equal('out\n');
    expect(await textOf(join(program.workspace, '../stderr.txt'))).to.equal('err\n');
    expect(existsSync(program.workspace)).to.be.true;
  });
});
