import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from './core/random.ts';
import type { LogEvent } from './command/log.ts';
import { Peer, type PeerSettings } from './peer.ts';
import { SourceFile } from './files/source-file.ts';
import { Tracker } from './tracker.ts';

const fast = {
  window: 8,
  unchokeMs: 300,
  infoMs: 500,
  peersMs: 200,
  paceMs: 0,
  startDelayMs: 0,
  requestTimeoutMs: 2000,
  giveUpMs: 10_000,
  stay: false,
};

describe('a swarm on sockets', () => {
  let folder: string;
  let tracker: Tracker | undefined;
  let trackerPort = 0;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'minibit-swarm-'))));
  afterEach(async () => {
    await tracker?.close();
    tracker = undefined;
    await rm(folder, { recursive: true });
  });

  async function share(content: string | Buffer, totalBlocks: number): Promise<void> {
    await writeFile(join(folder, 'shared'), content);
    const file = await SourceFile.open(join(folder, 'shared'), totalBlocks);
    const log = (event: LogEvent): void => {
      if (event.event === 'listening') trackerPort = event.port;
    };
    tracker = await Tracker.start({ file, host: '127.0.0.1', port: 0, initialBlocks: 2, random: seededRandom(1), log });
  }

  function start(peerId: string, totalBlocks: number, settings: Partial<PeerSettings> = {}): Promise<Peer> {
    return Peer.start({
      ...fast,
      host: '127.0.0.1',
      port: 0,
      tracker: { host: '127.0.0.1', port: trackerPort },
      peerId,
      totalBlocks,
      output: join(folder, `out-${peerId}`),
      random: seededRandom(peerId.length),
      log: () => undefined,
      ...settings,
    });
  }

  async function expectSwarm(content: string | Buffer, totalBlocks: number, peerIds: string[]): Promise<void> {
    await share(content, totalBlocks);
    const peers = await Promise.all(peerIds.map((peerId) => start(peerId, totalBlocks)));
    for (const peer of peers) expect(await peer.ended).to.include({ outcome: 'complete' });
    for (const peerId of peerIds) {
      expect((await readFile(join(folder, `out-${peerId}`))).equals(Buffer.from(content))).to.equal(true);
    }
    expect(await readdir(folder)).to.have.length(1 + peerIds.length);
  }

  it('distributes a text', () => expectSwarm('Olá, não há só ASCII: 日本 😀\r\n'.repeat(300), 20, ['A', 'BB', 'CCC']));
  it('distributes 16 MiB of random bytes', () => expectSwarm(randomBytes(16 * 1024 * 1024), 256, ['A', 'BB', 'CCC']));
  it('distributes a single block of 16 MiB', () => expectSwarm(randomBytes(16 * 1024 * 1024), 1, ['A', 'BB']));
  it('distributes an empty file', () => expectSwarm('', 3, ['A', 'BB']));
  it('distributes a file of fewer bytes than blocks', () => expectSwarm('é', 50, ['A', 'BB']));
  it('distributes 1,000 blocks', () => expectSwarm(randomBytes(100_003), 1000, ['A', 'BB', 'CCC']));

  it('resumes after a stop, without fetching stored blocks again', async () => {
    const content = randomBytes(100_000);
    await share(content, 50);
    const fetched: number[] = [];
    const log = (event: LogEvent): void => {
      if (event.event !== 'block') return;
      fetched.push(event.index);
      if (fetched.length === 10) first.stop();
    };
    const first = await start('A', 50, { window: 1, log });
    expect(await first.ended).to.include({ outcome: 'stopped' });
    expect(fetched).to.have.length.below(40);
    const second = await start('A', 50, { log: (event) => event.event === 'block' && fetched.push(event.index) });
    expect(await second.ended).to.include({ outcome: 'complete' });
    // A block in flight when the peer was stopped may have been stored without a log event.
    expect(new Set(fetched).size).to.equal(fetched.length);
    expect(fetched).to.have.length.within(49, 50);
    expect((await readFile(join(folder, 'out-A'))).equals(content)).to.equal(true);
  });

  it('stays and serves if asked to, and says goodbye when it is stopped', async () => {
    await share('some text', 3);
    const stays = await start('A', 3, { stay: true });
    expect(await (await start('BB', 3)).ended).to.include({ outcome: 'complete' });
    stays.stop();
    expect(await stays.ended).to.include({ outcome: 'stopped' });
    expect(await readFile(join(folder, 'out-A'), 'utf8')).to.equal('some text');
  });

  it('fails with a reason when the tracker shares another number of blocks', async () => {
    await share('some text', 3);
    const { outcome, reason } = await (await start('A', 4)).ended;
    expect(outcome).to.equal('failed');
    expect(reason).to.equal('the tracker shares 3 blocks, --blocks says 4');
  });

  it('gives up when the tracker is unreachable', async () => {
    await share('some text', 3);
    await tracker?.close();
    tracker = undefined;
    const { outcome, reason } = await (await start('A', 3, { giveUpMs: 300 })).ended;
    expect(outcome).to.equal('failed');
    expect(reason).to.contain('cannot be connected to');
  });
});
