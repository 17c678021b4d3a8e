import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { ScriptedServer } from './scripted-server.ts';
import { Transcript } from './transcript.ts';

const waiting = 20;

describe('Backlog', () => {
  let server: ScriptedServer | undefined;
  const sockets: Socket[] = [];
  afterEach(() => {
    server?.close();
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  async function listening(): Promise<{ transcript: Transcript; server: ScriptedServer }> {
    const transcript = new Transcript();
    server = new ScriptedServer(transcript, 'ana', () => ({ kind: 'close' }));
    await server.listen();
    return { transcript, server };
  }

  /** Sends a request on a new connection. Resolves when it is closed. */
  async function ask(port: number): Promise<void> {
    const socket = connect({ host: '127.0.0.1', port });
    sockets.push(socket);
    socket.end('{}').resume();
    await once(socket, 'close');
  }

  it('never dates a request later than it was sent, however many connections wait', async () => {
    const { transcript, server } = await listening();
    const sentMs = transcript.nowMs();
    await Promise.all(Array.from({ length: waiting }, () => ask(server.port)));
    expect(server.requests).to.have.length(waiting);
    expect(Math.max(...server.requests.map(({ sinceMs }) => sinceMs))).to.be.at.most(sentMs);
  });

  it('dates a request later than the answer to an older one once the backlog was empty', async () => {
    const { server } = await listening();
    await ask(server.port);
    const [first] = server.requests;
    while ((server.requests.at(-1)?.sinceMs ?? 0) <= (first?.atMs ?? Infinity)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await ask(server.port);
    }
  });
});
