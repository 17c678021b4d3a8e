import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Address } from '../../../launch/ports/address.ts';

/** A server of the test's own that answers each request line of text with what `answer` gives. */
export class Pretend {
  readonly server: Server;
  readonly heard: string[] = [];
  readonly sockets = new Set<Socket>();

  constructor(answer: (text: string, socket: Socket) => void) {
    this.server = createServer({ allowHalfOpen: true }, (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        this.heard.push(chunk.toString());
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

/** What is answered to the text, or to its parts one after the other. @throws Error if the connection breaks */
export async function say(to: Address, text: string | Buffer[]): Promise<string> {
  const socket = connect({ ...to, allowHalfOpen: true });
  await once(socket, 'connect');
  for (const part of typeof text === 'string' ? [text] : text) {
    socket.write(part);
    if (typeof text !== 'string') await new Promise(setImmediate);
  }
  let heard = '';
  socket.on('data', (chunk) => (heard += chunk.toString()));
  const [failed] = (await Promise.race([once(socket, 'end'), once(socket, 'error').catch((e: unknown) => [e])])) as [
    Error?,
  ];
  socket.destroy();
  if (failed) throw failed;
  return heard;
}
