import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { TimedViolation, Violation } from '../violation.ts';
import { Client, type Answer } from './client.ts';
import { expectAnswer } from './expect.ts';
import { Transcript } from './transcript.ts';

describe('what the suite gets for a request', () => {
  let server: Server;

  /** Sends a request to a server that treats its connection in this way. */
  async function ask(treat: (socket: Socket) => void, timeoutMs?: number): Promise<Answer> {
    server = createServer((socket) => treat(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = new Client(new Transcript(), 'suite', () => ({ host: '127.0.0.1', port }));
    const answer = await client.ask(
      { action: 'get_peers', peer_id: 'ana' },
      timeoutMs === undefined ? {} : { timeoutMs },
    );
    client.close();
    return answer;
  }

  afterEach(() => server.close());

  it('is a fault at once if the server closes without an answer, however busy the machine is', async () => {
    const answer = await ask((socket) => socket.once('data', () => socket.end()));
    expect(() => expectAnswer(answer))
      .to.throw(Violation)
      .not.instanceOf(TimedViolation);
  });

  it('is a matter of time if nothing comes', async () => {
    const answer = await ask((socket) => socket.on('data', () => undefined), 100);
    expect(() => expectAnswer(answer)).to.throw(TimedViolation);
  });
});
