import { expect } from 'chai';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { hasConnection, isListed, parseEntry, usedPorts } from './tcp-table.ts';

describe('parseEntry', () => {
  it('parses the ports and the state', () => {
    const ipv4 = '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1234 1';
    expect(parseEntry(ipv4)).to.deep.equal({ port: 8080, remotePort: 0, state: '0A' });
    const ipv6 =
      '  12: 00000000000000000000000001000000:C001 00000000000000000000000000000000:0050 06 00000000:00000000 03:0 0 0';
    expect(parseEntry(ipv6)).to.deep.equal({ port: 49153, remotePort: 80, state: '06' });
  });

  it('skips the heading', () => {
    expect(parseEntry('  sl  local_address rem_address   st tx_queue rx_queue')).to.equal(undefined);
  });
});

// Other systems have no table.
if (process.platform === 'linux') {
  for (const host of ['127.0.0.1', '::1']) {
    it(`isListed, usedPorts and hasConnection follow a server on ${host}`, async () => {
      const server = createServer((socket) => socket.end()).listen(0, host);
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      expect(await isListed(port)).to.equal(true);
      expect(usedPorts().has(port)).to.equal(true);
      expect(hasConnection(port)).to.equal(false);
      // The server closes first, so its port is in TIME_WAIT.
      const client = connect(port, host).resume();
      await once(client, 'close');
      server.close();
      await once(server, 'close');
      expect(await isListed(port)).to.equal(false);
      expect(usedPorts().has(port)).to.equal(true);
      expect(hasConnection(port)).to.equal(true);
    });
  }
}
