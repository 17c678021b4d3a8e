import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { openFiles, processTree } from './process-tree.ts';

// Elsewhere there is nothing to read.
if (process.platform === 'linux') {
  it('processTree finds the program behind a shell, openFiles what it has open', async () => {
    const shell = spawn('sh', ['-c', 'sh -c "echo here; read line"; exit'], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(shell.stdout, 'data');
    const tree = processTree(shell.pid ?? 0);
    expect(tree).to.have.length(2);
    expect(tree[0]).to.equal(shell.pid);
    expect(openFiles(tree[1] ?? 0)).to.be.at.least(3);
    shell.stdin.end();
    await once(shell, 'exit');
    expect(openFiles(shell.pid ?? 0)).to.equal(undefined);
  });

  it('openFiles follows what is opened and closed', () => {
    const before = openFiles(process.pid) ?? 0;
    const file = openSync('/dev/null', 'r');
    expect(openFiles(process.pid)).to.equal(before + 1);
    closeSync(file);
    expect(openFiles(process.pid)).to.equal(before);
  });
}
