import { expect } from 'chai';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { parseTcpTable, tcpPorts } from './tcp-table.ts';

describe('parseTcpTable', () => {
  it('tells listening ports from others', () => {
    const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1234 1
  12: 0100007F:C001 0100007F:1F90 06 00000000:00000000 03:00000123 00000000     0        0 0 3
   1: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:0 0 0 0 1 1
`;
    const { listening, used } = parseTcpTable(table);
    expect([...listening]).to.have.members([8080, 80]);
    expect([...used]).to.have.members([8080, 49153, 80]);
  });
});

// Elsewhere there is no table to read.
if (process.platform === 'linux') {
  describe('tcpPorts', () => {
    it('never gives an answer that is older than the question', async () => {
      for (let round = 0; round < 20; round++) {
        const early = [tcpPorts(), tcpPorts()];
        const server = createServer().listen(0);
        const { port } = server.address() as AddressInfo;
        expect((await tcpPorts()).listening.has(port)).to.equal(true);
        server.close();
        await once(server, 'close');
        expect((await tcpPorts()).listening.has(port)).to.equal(false);
        await Promise.all(early);
      }
    });
  });
}
