import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Address } from '../../../launch/ports/address.ts';

/** A server that calls `answer` for each chunk that it receives. */
export class FakeServer {
  readonly server: Server;
  readonly received: string[] = [];
  readonly sockets = new Set<Socket>();

  constructor(answer: (text: string, socket: Socket) => void) {
    this.server = createServer({ allowHalfOpen: true }, (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        this.received.push(chunk.toString());
        answer(chunk.toString(), socket);
      });
    });
  }

  async open(): Promise<Address> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return { host: '127.0.0.1', port: (this.server.address() as AddressInfo).port };
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

/** Sends a text, or its parts one after the other. @returns the answer @throws Error if the connection is reset */
export async function exchange(to: Address, text: string | Buffer[]): Promise<string> {
  const socket = connect({ ...to, allowHalfOpen: true });
  await once(socket, 'connect');
  for (const part of typeof text === 'string' ? [text] : text) {
    socket.write(part);
    if (typeof text !== 'string') await new Promise(setImmediate);
  }
  let received = '';
  socket.on('data', (chunk) => (received += chunk.toString()));
  const [failed] = (await Promise.race([once(socket, 'end'), once(socket, 'error').catch((e: unknown) => [e])])) as [
    Error?,
  ];
  socket.destroy();
  if (failed) throw failed;
  return received;
}
