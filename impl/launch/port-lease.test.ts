import { expect } from 'chai';
import { execa } from 'execa';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { machinePortRange } from './port-range.ts';
import { PortPool, ports } from './port-lease.ts';

describe('a leased port', () => {
  it('lies in the range, and is never given twice, not even when it is free again', async () => {
    const { first, last } = machinePortRange();
    const seen = new Set<number>();
    for (let index = 0; index < 20; index++) {
      const lease = await ports.lease();
      lease.release();
      expect(lease.port).to.be.within(first, last);
      seen.add(lease.port);
    }
    expect(seen.size).to.equal(20);
  });

  it('is not one that is in use', async () => {
    const first = (await ports.lease()).port;
    const server = createServer().listen(first, '127.0.0.1');
    await once(server, 'listening');
    const error = await new PortPool({ first, last: first }).lease().catch((error: unknown) => error);
    server.close();
    expect((error as Error).message).to.contain('in use');
  });

  // Elsewhere nothing locks a port between processes.
  if (process.platform === 'linux') {
    it('is nobody else’s while the process lives', async () => {
      const first = (await ports.lease()).port + 50;
      const range = { first, last: first + 39 };
      const children = [leasingProcess(range, 15), leasingProcess(range, 15)];
      const given = (await Promise.all(children.map(({ ports }) => ports))).flat();
      for (const { end } of children) await end();
      expect(given).to.have.length(30);
      expect(new Set(given).size).to.equal(30);
    });
  }
});

/** A process that leases `count` ports of a range, tells them, and holds them until it is ended. */
function leasingProcess(range: { first: number; last: number }, count: number) {
  const script = `
    import { PortPool } from ${JSON.stringify(new URL('./port-lease.ts', import.meta.url).href)};
    const pool = new PortPool(${JSON.stringify(range)});
    const ports = [];
    while (ports.length < ${count}) ports.push((await pool.lease()).port);
    console.log(JSON.stringify(ports));
    process.stdin.resume();`;
  const child = execa(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    stderr: 'inherit',
  });
  return {
    ports: once(child.stdout, 'data').then(([data]) => JSON.parse(String(data)) as number[]),
    end: async () => {
      child.stdin.end();
      await child;
    },
  };
}
