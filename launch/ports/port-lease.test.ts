import { expect } from 'chai';
import { execa } from 'execa';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { machinePortRange } from './port-range.ts';
import { PortPool, ports } from './port-lease.ts';

describe('a leased port', () => {
  it('is within the range, and not leased again before all others', async () => {
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

  it('is leased again in the next round after its release', async () => {
    const first = (await ports.lease()).port + 200;
    const pool = new PortPool({ first, last: first + 9 });
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 10; index++) (await pool.lease()).release();
    }
    const held = await pool.lease();
    for (let index = 0; index < 20; index++) {
      const lease = await pool.lease();
      expect(lease.port).not.to.equal(held.port);
      lease.release();
    }
    held.release();
  });

  it('is not in use', async () => {
    const first = (await ports.lease()).port;
    const server = createServer().listen(first, '127.0.0.1');
    await once(server, 'listening');
    const error = await new PortPool({ first, last: first }).lease().catch((error: unknown) => error);
    server.close();
    expect((error as Error).message).to.contain('in use');
  });

  // On other systems nothing locks a port between processes.
  if (process.platform === 'linux') {
    it('belongs to one process at a time', async () => {
      const first = (await ports.lease()).port + 50;
      const range = { first, last: first + 99 };
      const children = [leasingProcess(range), leasingProcess(range)];
      const leased = (await Promise.all(children.map(({ ports }) => ports))).flat();
      for (const { end } of children) await end();
      // Other processes on this machine may use some of the ports.
      expect(leased).to.have.length.within(20, 100);
      expect(new Set(leased).size).to.equal(leased.length);
    });
  }
});

/** A process that leases all free ports of a range, prints them, and holds them until it is ended. */
function leasingProcess(range: { first: number; last: number }) {
  const script = `
    import { PortPool } from ${JSON.stringify(new URL('./port-lease.ts', import.meta.url).href)};
    const pool = new PortPool(${JSON.stringify(range)});
    const ports = [];
    const all = async () => { for (;;) ports.push((await pool.lease()).port); };
    await all().catch(() => undefined);
    console.log(JSON.stringify(ports));
    process.stdin.resume();`;
  const child = execa(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    stderr: 'inherit',
    timeout: 20_000,
  });
  return {
    ports: once(child.stdout, 'data').then(([data]) => JSON.parse(String(data)) as number[]),
    end: async () => {
      child.stdin.end();
      await child;
    },
  };
}
