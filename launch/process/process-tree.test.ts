import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { openSockets, processTree } from './process-tree.ts';

// Other systems have no /proc.
if (process.platform === 'linux') {
  it('processTree finds the child of a shell; openSockets is undefined after the end of the process', async () => {
    const shell = spawn('sh', ['-c', 'sh -c "echo here; read line"; exit'], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(shell.stdout, 'data');
    const tree = processTree(shell.pid ?? 0);
    expect(tree).to.have.length(2);
    expect(tree[0]).to.equal(shell.pid);
    expect(openSockets(tree[1] ?? 0)).to.be.at.least(0);
    shell.stdin.end();
    await once(shell, 'exit');
    expect(openSockets(shell.pid ?? 0)).to.equal(undefined);
  });

  it('openSockets counts open sockets, and no other files', async () => {
    const before = openSockets(process.pid) ?? 0;
    const file = openSync('/dev/null', 'r');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    expect(openSockets(process.pid)).to.equal(before + 1);
    closeSync(file);
    server.close();
    await once(server, 'close');
    expect(openSockets(process.pid)).to.equal(before);
  });
}
