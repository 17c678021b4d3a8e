import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import { Session } from '../../launch/session.ts';
import type { BenchmarkSample } from '../../schemas/types.ts';
import { LocalLauncher } from './local-launcher.ts';
import { makeTextFile } from './shared-file.ts';
import { runSwarm } from './run-swarm.ts';
import type { Swarm, SwarmProgress } from './swarm.ts';

const file = makeTextFile(11_000, 1);
// No peer is asked twice for its blocks, however slow the machine is.
const intervals = { unchokeMs: 300, infoMs: 600_000, peersMs: 90, paceMs: 0 };
const defaults = { runKind: 'counting' as const, blocks: 20, file, intervals, window: 1, deadlineMs: 20_000 };
const forever = new AbortController().signal;

describe('runSwarm', () => {
  let session: Session;
  let reference: Implementation;

  /** So slow that the resources of a process are read before it ends. */
  const slowIntervals = { ...defaults.intervals, paceMs: 15 };

  before(async () => {
    reference = await loadImplementation();
  });
  beforeEach(async () => {
    session = await Session.open();
  });
  afterEach(() => session.close());

  /** A peer that runs this script, in which `output` is the path of its file. */
  async function script(source: string): Promise<Implementation> {
    const folder = session.folder;
    await writeFile(join(folder, 'peer.mjs'), `const output = process.argv[2];${source}`);
    const command: [string, ...string[]] = [process.execPath, 'peer.mjs', '{output}'];
    const peer = { command, output: 'output', onComplete: 'exit' as const };
    return {
      path: join(folder, 'minibit.json'),
      folder,
      manifest: { name: 'script', workspace: { copy: ['peer.mjs'] }, peer },
    };
  }

  function swarm(rest: Partial<Swarm>): Promise<BenchmarkSample> {
    return runSwarm(
      new LocalLauncher(session),
      { ...defaults, tracker: reference, peers: [reference], ...rest },
      forever,
    );
  }

  it('starts a peer after the start gap', async () => {
    const { startUpMs = 0, windowMs = 0 } = await swarm({ peers: [reference, reference], startGapMs: 1_500 });
    expect(startUpMs + windowMs).to.be.at.least(1_500);
  });

  it('brings the file to three peers, with message counts within the bounds of the protocol', async () => {
    const sample = await swarm({ peers: [reference, reference, reference] });
    expect(sample.peers.map(({ peerId, outcome, exit }) => [peerId, outcome, exit.code])).to.deep.equal([
      ['peer1', 'complete', 0],
      ['peer2', 'complete', 0],
      ['peer3', 'complete', 0],
    ]);
    expect(sample).to.not.have.any.keys('countsUnavailable', 'trackerTrouble');
    let sent = 0;
    let received = 0;
    expect(sample.transfers?.block).to.have.length.at.least(3 * 20);
    expect(sample.bytesOverLeast).to.be.greaterThan(0);
    for (const { messages, traffic, startToCompleteMs = 0, registrationToCompleteMs = 0 } of sample.peers) {
      expect(traffic?.bytesReceived).to.be.greaterThan(file.bytes.length);
      expect(traffic?.connectionsOpened).to.be.greaterThan(0);
      expect(messages?.sent).to.be.at.most(44);
      expect(messages?.sentToPeers.announce_block).to.be.at.most(2 * 20);
      expect(messages?.sentToPeers.have_blocks_info).to.be.at.most(2);
      expect(messages?.sentToTracker).to.include({ register: 1, other: 0 });
      expect(messages?.sentToTracker.peer_offline).to.be.at.least(1);
      expect(registrationToCompleteMs).to.be.within(0, startToCompleteMs);
      expect(startToCompleteMs).to.be.below(sample.durationMs);
      sent += (messages?.sent ?? 0) + (messages?.sentToPeers.request_block ?? 0);
      received += messages?.received ?? 0;
    }
    expect(received).to.equal(sent);
  });

  it('times the same swarm without the relay, and counts nothing', async () => {
    const sample = await swarm({ peers: [reference, reference], runKind: 'timing' });
    expect(sample).to.include({ pass: 'timing' });
    expect(sample.peers.map(({ outcome }) => outcome)).to.deep.equal(['complete', 'complete']);
    expect(sample).to.not.have.any.keys('countsUnavailable', 'bytesOverLeast', 'transfers');
    for (const row of sample.peers) expect(row).to.not.have.any.keys('messages', 'traffic');
  });

  // Resources are known on Linux only.
  if (process.platform === 'linux') {
    it('reports in both kinds of run when the swarm began and ended, and the resources of each process', async () => {
      for (const runKind of ['counting', 'timing'] as const) {
        const {
          peers,
          startUpMs = 0,
          windowMs = 0,
          tracker,
        } = await swarm({ peers: [reference, reference], runKind, intervals: slowIntervals });
        const longestMs = Math.max(...peers.map(({ startToCompleteMs = 0 }) => startToCompleteMs));
        expect(startUpMs, runKind).to.be.greaterThan(0);
        expect(windowMs, runKind).to.be.greaterThan(0);
        // The peers are started one after the other.
        expect(startUpMs + windowMs, runKind).to.be.at.least(longestMs - 1);
        for (const used of [tracker, ...peers.map(({ resources }) => resources)]) {
          expect(used?.cpuMs, runKind).to.be.greaterThan(0);
          expect(used?.peakMemoryBytes, runKind).to.be.greaterThan(2 ** 20);
        }
      }
    });
  }

  it('times peers that share processes, and reports the resources of a process once', async () => {
    const peers = Array.from({ length: 5 }, () => reference);
    const sample = await swarm({ peers, peersPerProcess: 2, runKind: 'timing', intervals: slowIntervals });
    expect(sample.peers.map(({ peerId, outcome }) => [peerId, outcome])).to.deep.equal(
      [1, 2, 3, 4, 5].map((number) => [`peer${number}`, 'complete']),
    );
    if (process.platform === 'linux') {
      const has = sample.peers.map(({ resources }) => resources !== undefined);
      expect(has).to.deep.equal([true, false, true, false, true]);
    }
  });

  it('reports its progress', async () => {
    const reported: SwarmProgress[] = [];
    const swarm = { ...defaults, tracker: reference, peers: [reference, reference] };
    await runSwarm(new LocalLauncher(session), swarm, forever, { onProgress: (progress) => reported.push(progress) });
    expect(reported.at(0)).to.include({ peers: 2, started: 2, complete: 0 });
    expect(reported.at(-1)).to.include({ peers: 2, started: 2, complete: 2 });
    expect(reported.at(-1)?.blocksTransferred).to.be.at.least(40);
  });

  it('gives a peer that fails a row with its exit code and what it printed; the others go on', async () => {
    const dying = await script('console.log("log"); console.error("boom"); process.exit(3)');
    const sample = await swarm({ peers: [reference, dying] });
    expect(sample.peers[0]?.outcome).to.equal('complete');
    expect(sample.peers[1]).to.deep.include({ outcome: 'exited', exit: { code: 3 } });
    expect(sample.peers[1]?.stderrTail).to.contain('boom');
    expect(sample.peers[1]?.stdoutTail).to.contain('log');
  });

  it('detects a wrong file of the right size', async () => {
    const sample = await swarm({
      peers: [await script('(await import("node:fs")).writeFileSync(output, Buffer.alloc(11000))')],
    });
    expect(sample.peers[0]).to.deep.include({ outcome: 'wrong-file', exit: { code: 0 } });
    expect(sample.peers[0]).to.not.have.property('startToCompleteMs');
  });

  it('stops a peer that hangs at the deadline', async () => {
    const sample = await swarm({ peers: [await script('setInterval(() => {}, 1000)')], deadlineMs: 700 });
    expect(sample.peers[0]).to.deep.include({ outcome: 'deadline', exit: {} });
  });

  it('gives a program that cannot start a row with the reason', async () => {
    const missing = await script('');
    missing.manifest.peer = { command: [join(session.folder, 'peer.mjs')], output: 'output' };
    const sample = await swarm({ peers: [missing] });
    expect(sample.peers[0]?.outcome).to.equal('cannot-start');
    expect(sample.peers[0]?.detail).to.contain('peer.mjs');
  });

  it('reports why a tracker does not start, and starts no peer', async () => {
    const { path, folder, manifest } = await script('console.error("no tracker today"); process.exit(1)');
    const command: [string, ...string[]] = [process.execPath, 'peer.mjs'];
    const sample = await swarm({ tracker: { path, folder, manifest: { ...manifest, tracker: { command } } } });
    expect(sample.trackerTrouble).to.contain('no tracker today');
    expect(sample.peers[0]?.outcome).to.equal('cannot-start');
  });

  it('gives no counts if a peer bypassed the relay', async () => {
    await writeFile(join(session.folder, 'original'), file.bytes);
    const cheat = await script(
      `(await import("node:fs")).copyFileSync(${JSON.stringify(join(session.folder, 'original'))}, output)`,
    );
    const sample = await swarm({ peers: [reference, cheat] });
    expect(sample.peers.map(({ outcome }) => outcome)).to.deep.equal(['complete', 'complete']);
    expect(sample.countsUnavailable).to.contain('peer 2');
    expect(sample.peers[0]).to.not.have.property('messages');
  });

  it('ends early after an interrupt, with what was measured before', async () => {
    const interrupt = new AbortController();
    interrupt.signal.addEventListener('abort', () => void session.close());
    setTimeout(() => interrupt.abort('SIGINT'), 600);
    const two = { tracker: reference, peers: [reference, reference], runKind: 'counting' as const };
    const slow = { ...two, blocks: 20, file, window: 1, deadlineMs: 60_000 };
    const sample = await runSwarm(
      new LocalLauncher(session),
      { ...slow, intervals: { ...intervals, paceMs: 5000 } },
      interrupt.signal,
    );
    expect(sample.peers.map(({ outcome }) => outcome)).to.deep.equal(['stopped', 'stopped']);
    expect(sample.durationMs).to.be.below(10_000);
  });
});
