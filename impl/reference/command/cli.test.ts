import { expect } from 'chai';
import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { EventEmitter, once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LogEvent } from './log.ts';

/** The bundle, as it is launched. */
const reference = fileURLToPath(new URL('../../../dist/reference.js', import.meta.url));

type Event<Name> = LogEvent & { event: Name };

/** The reference as a process, with its log in JSON. */
class Program {
  readonly process;
  readonly #events: LogEvent[] = [];
  readonly #news = new EventEmitter();

  constructor(...args: (string | number)[]) {
    const command = [reference, ...args.map(String), '--log', 'json'];
    this.process = execa(process.execPath, command, { reject: false, timeout: 20_000, buffer: { stdout: false } });
    const lines = createInterface({ input: this.process.stdout });
    lines.on('line', (line) => this.#news.emit('event', this.#events.push(JSON.parse(line) as LogEvent)));
    lines.on('close', () => this.#news.emit('event'));
  }

  count(name: LogEvent['event']): number {
    return this.#events.filter(({ event }) => event === name).length;
  }

  /** The first event with this name that matches, from the beginning of the log. */
  async until<Name extends LogEvent['event']>(
    name: Name,
    matches?: (event: Event<Name>) => boolean,
  ): Promise<Event<Name>> {
    const isIt = (event: LogEvent): event is Event<Name> =>
      event.event === name && (matches?.(event as Event<Name>) ?? true);
    for (;;) {
      const found = this.#events.find(isIt);
      if (found !== undefined) return found;
      if (this.process.stdout.readableEnded) throw new Error(`ended without "${name}": ${(await this.process).stderr}`);
      await once(this.#news, 'event');
    }
  }
}

describe('the command', () => {
  let folder: string;
  let file: string;
  let tracker: Program;
  let trackerAt: string;
  const content = randomBytes(20_000);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-cli-'));
    file = join(folder, 'shared');
    await writeFile(file, content);
  });
  beforeEach(async () => {
    tracker = new Program('tracker', '--file', file, '--blocks', 40);
    trackerAt = `127.0.0.1:${(await tracker.until('listening')).port}`;
  });
  afterEach(() => {
    tracker.process.kill('SIGKILL');
  });
  after(() => rm(folder, { recursive: true }));

  it('leaves out of the list what is no peer, says so once, and does not register again', async () => {
    const actions: string[] = [];
    const lists = createServer((socket) => {
      socket.once('data', (bytes) => {
        const { action } = JSON.parse(bytes.toString()) as { action: string };
        actions.push(action);
        const peers = [null, { peer_id: 'x', ip: 'localhost', port: 1 }];
        const answer = action === 'register' ? { initial_blocks: [] } : {};
        socket.end(JSON.stringify({ status: 'success', peers, ...answer }));
      });
    }).listen(0, '127.0.0.1');
    await once(lists, 'listening');
    trackerAt = `127.0.0.1:${(lists.address() as AddressInfo).port}`;
    const lonely = peer('ana', join(folder, 'lonely'), '--peers-ms', 20);
    expect(await lonely.until('left-out')).to.deep.include({ entries: 2 });
    while (actions.filter((action) => action === 'get_peers').length < 3) await once(lists, 'connection');
    lonely.process.kill('SIGTERM');
    await lonely.process;
    lists.close();
    expect(actions.filter((action) => action === 'register')).to.have.length(1);
    expect(lonely.count('left-out')).to.equal(1);
  });

  function peer(peerId: string, output: string, ...more: (string | number)[]): Program {
    return new Program(
      'peer',
      '--peer-id',
      peerId,
      '--tracker',
      trackerAt,
      '--blocks',
      40,
      '--output',
      output,
      ...more,
    );
  }

  it('distributes the file to peers with any id, exits 0, and leaves no other file', async () => {
    const names = ['A', '__proto__', '../x\u001b[31m'];
    const outputs = names.map((_, index) => join(folder, `out-${index}`));
    const peers = names.map((name, index) => peer(name, outputs[index] as string));
    for (const { process } of peers) expect(await process).to.include({ exitCode: 0, stderr: '' });
    for (const output of outputs) {
      expect((await readFile(output)).equals(content)).to.equal(true);
      await rm(output);
    }
    expect(await readdir(folder)).to.deep.equal(['shared']);
  });

  it('distributes the file to each peer of a pack in one process', async () => {
    const plan = ['A', 'B', 'C'].map((peer_id) => ({ peer_id, port: 0, output: join(folder, `packed-${peer_id}`) }));
    const list = join(folder, 'pack.json');
    await writeFile(list, JSON.stringify(plan));
    const pack = new Program('pack', '--pack', list, '--tracker', trackerAt, '--blocks', 40);
    expect(await pack.process).to.include({ exitCode: 0, stderr: '' });
    for (const { output } of plan) {
      expect((await readFile(output)).equals(content)).to.equal(true);
      await rm(output);
    }
    await rm(list);
    expect(await readdir(folder)).to.deep.equal(['shared']);
  });

  for (const [what, plan] of [
    ['not a list', '{}'],
    ['a list with an entry without a port', '[{ "peer_id": "A", "output": "/tmp/x" }]'],
    ['not JSON', '['],
  ]) {
    it(`refuses a pack that is ${what}, with the name of the file`, async () => {
      const list = join(folder, 'pack.json');
      await writeFile(list, plan ?? '');
      const { exitCode, stderr } = await new Program('pack', '--pack', list, '--tracker', trackerAt, '--blocks', 40)
        .process;
      await rm(list);
      expect(exitCode).to.equal(2);
      expect(stderr).to.contain(list).and.not.contain('    at ');
    });
  }

  it('resumes after a SIGKILL with the stored blocks', async () => {
    const output = join(folder, 'out-killed');
    const killed = peer('A', output, '--window', 1, '--pace-ms', 5);
    const { blocks } = await killed.until('block', (event) => event.blocks === 15);
    killed.process.kill('SIGKILL');
    await killed.process;
    expect(await readdir(folder)).not.to.include('out-killed');
    const again = peer('A', output);
    expect((await again.until('registered')).blocks).to.be.at.least(blocks);
    expect(await again.process).to.include({ exitCode: 0 });
    expect((await readFile(output)).equals(content)).to.equal(true);
    await rm(output);
    expect(await readdir(folder)).to.deep.equal(['shared']);
  });

  it('says goodbye on SIGTERM and SIGINT, and exits with 128 + the signal', async () => {
    for (const [signal, exitCode] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      const output = join(folder, `out-${signal}`);
      const stays = peer(signal, output, '--stay');
      await stays.until('complete');
      stays.process.kill(signal);
      expect(await stays.process).to.include({ exitCode });
      await rm(output);
    }
    tracker.process.kill('SIGTERM');
    const { received } = await tracker.until('counters');
    expect(received).to.include({ register: 2, peer_offline: 2 });
    expect(await tracker.process).to.include({ exitCode: 143 });
  });

  it('continues when nobody reads its output', async () => {
    const output = join(folder, 'out-unread');
    const unread = peer('A', output);
    unread.process.stdout.destroy();
    expect(await unread.process).to.include({ exitCode: 0 });
    await rm(output);
  });

  it('exits 1 with the reason when the file cannot be downloaded', async () => {
    const wrong = new Program(
      'peer',
      '--peer-id',
      'A',
      '--tracker',
      trackerAt,
      '--blocks',
      41,
      '--output',
      join(folder, 'x'),
    );
    expect((await wrong.until('failed')).reason).to.contain('shares 40 blocks');
    expect(await wrong.process).to.include({ exitCode: 1 });
  });

  it('exits 2 for wrong usage, with a message and no stack', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const forPeer = ['peer', '--peer-id', 'A', '--tracker', trackerAt, '--blocks', 40, '--output', join(folder, 'y')];
    const wrong: [string, (string | number)[]][] = [
      ['--blocks', ['tracker', '--file', file]],
      ['integer', ['tracker', '--file', file, '--blocks', 0]],
      ['none', ['tracker', '--file', join(folder, 'none'), '--blocks', 1]],
      ['--host or --port', ['tracker', '--file', file, '--blocks', 1, '--port', port]],
      ['unknown option', ['tracker', '--file', file, '--blocks', 1, '--unheard-of']],
      ['HOST:PORT', [...forPeer, '--tracker', '127.0.0.1']],
      ['not be empty', [...forPeer, '--peer-id', '']],
      ['does not exist', [...forPeer, '--output', join(folder, 'none', 'out')]],
      ['is a folder', [...forPeer, '--output', folder]],
      ['unknown command', ['swarm']],
    ];
    const ends = await Promise.all(wrong.map(([, args]) => new Program(...args).process));
    taken.close();
    for (const [index, { exitCode, stderr }] of ends.entries()) {
      expect(stderr)
        .to.match(/^error: /)
        .and.to.contain(wrong[index]?.[0])
        .and.not.to.contain('    at ');
      expect(exitCode, stderr).to.equal(2);
    }
  });
});
