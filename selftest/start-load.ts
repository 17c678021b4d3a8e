import { spawn } from 'node:child_process';

/**
 * Keeps some cores busy. The processes end when this one does, for whatever reason: their standard input ends then.
 * @returns a function that stops the load
 */
export function startLoad(processes: number): () => void {
  const busy = `
    process.stdin.resume().on('end', () => process.exit());
    const work = () => { for (const end = Date.now() + 50; Date.now() < end;); setImmediate(work); };
    work();`;
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, ['-e', busy], { stdio: ['pipe', 'ignore', 'ignore'] }),
  );
  return () => {
    for (const child of children) child.kill('SIGKILL');
  };
}
