import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Runs `act` while a server accepts connections at `port`, where `onConnection` gets them: by default it closes them. */
export async function withLivingListener<T>(
  act: (port: number) => Promise<T>,
  onConnection: (socket: Socket) => void = (socket) => socket.destroy(),
): Promise<T> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await act((server.address() as AddressInfo).port);
  } finally {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
}
