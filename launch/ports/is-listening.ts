import { connect } from 'node:net';
import { isListed } from './tcp-table.ts';

const connectTimeoutMs = 250;

/**
 * Whether a process listens on a TCP port of this machine. Linux: looked up in the kernel's table, so that the program
 * sees no stray connection. Elsewhere: tried with a connection.
 */
export function isListening(port: number): Promise<boolean> {
  return process.platform === 'linux' ? isListed(port) : accepts(port);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: connectTimeoutMs });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('timeout', () => answer(false));
    socket.once('error', () => answer(false));
  });
}
