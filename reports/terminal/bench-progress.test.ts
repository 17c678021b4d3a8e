import { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect } from 'chai';
import type { GridProgress } from '../../bench/grid/grid.ts';
import { progressText } from './bench-progress-text.ts';
import { benchProgress } from './bench-progress.ts';

describe('the progress of a benchmark', () => {
  let written: string;
  let nowMs: number;
  const clock = (): number => nowMs;
  const stream = (isTTY: boolean): WriteStream => {
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        written += chunk.toString();
        done();
      },
    });
    return Object.assign(sink, {
      isTTY,
      columns: 120,
      cursorTo: () => true,
      moveCursor: () => true,
      clearLine: () => true,
    }) as unknown as WriteStream;
  };
  const progress = (handedOver?: number): GridProgress => ({
    done: 1,
    total: 4,
    peers: 300,
    blocks: 20,
    running: [
      {
        peers: 300,
        blocks: 20,
        started: 120,
        complete: 30,
        ...(handedOver !== undefined && { blocksTransferred: handedOver }),
      },
    ],
  });

  beforeEach(() => {
    written = '';
    nowMs = 0;
  });

  it('gives started and complete peers, blocks, and the time left', () => {
    // One and a half of four swarms took ten seconds.
    expect(progressText(progress(3000), 10_000)).to.equal(
      '300 peers × 20 blocks: 120 of 300 peers started, 3000 of 6000 blocks, 30 complete, about 17 s left',
    );
  });

  it('restarts the estimate with a second grid', () => {
    const shown = benchProgress(stream(false), clock);
    shown.update(progress(3000));
    nowMs = 600_000;
    shown.update({ ...progress(3000), done: 0 });
    nowMs = 620_000;
    shown.update({ ...progress(3000), done: 0 });
    expect(written).to.contain('0 of 4 swarms').and.contain('about 140 s left');
  });

  it('draws a bar on a terminal', () => {
    const shown = benchProgress(stream(true), clock);
    shown.update(progress(3000));
    shown.end();
    expect(written).to.contain('1/4 swarms  300 peers × 20 blocks: 120 of 300');
  });

  it('writes a line every ten seconds elsewhere, and one per swarm', () => {
    const shown = benchProgress(stream(false), clock);
    for (nowMs = 0; nowMs <= 25_000; nowMs += 500) shown.update(progress());
    const rows = [{ peerId: 'peer1', outcome: 'complete' as const, exit: {}, startToCompleteMs: 900 }];
    const sample = { pass: 'timing' as const, startedAt: '2030-01-01T00:00:00Z', durationMs: 1000, peers: rows };
    shown.update({ ...progress(), done: 2, sample });
    shown.end();
    const lines = written.trimEnd().split('\n');
    expect(lines).to.have.length(3);
    expect(lines[0]).to.contain('1 of 4 swarms; 300 peers × 20 blocks: 120 of 300 peers started, 30 complete');
    expect(lines[2]).to.contain('swarm 2 of 4: 300 peers × 20 blocks, all complete after 0.900 s');
  });
});
