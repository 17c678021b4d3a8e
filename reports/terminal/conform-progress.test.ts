import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect } from 'chai';
import { caseOf, failingCase } from '../test-support/example-conformance.ts';
import { conformProgress } from './conform-progress.ts';

describe('conformProgress', () => {
  /** The lines printed on a stream that is not a terminal. */
  function printed(use: (stream: WriteStream) => void): string[] {
    const stream = new PassThrough();
    use(stream as unknown as WriteStream);
    return String(stream.read()).trimEnd().split('\n');
  }

  it('prints plain lines in CI: ten in all, and one per failure, with the implementation', () => {
    const lines = printed((stream) => {
      const progress = conformProgress(stream, 40);
      for (let at = 0; at < 39; at += 1) progress.judged(caseOf('a/1'));
      progress.judged(failingCase('b/1'), 'evil\u001b[2J');
    });
    expect(lines).to.have.length(11);
    expect(lines[0]).to.match(/^4 of 40 cases judged, 0 failed, about \d+ s left$/);
    expect(lines.slice(-2)).to.deep.equal(['evil\\u001b[2J: fail b/1', '40 of 40 cases judged, 1 failed']);
  });

  it('says first what a start takes, and counts running cases as half done', () => {
    const lines = printed((stream) => {
      const progress = conformProgress(stream, 10);
      progress.measured({ ms: 3_100, cpuMs: 3_000 }, 4);
      for (let at = 0; at < 3; at += 1) progress.started();
      progress.judged(caseOf('a/1'));
    });
    expect(lines[0]).to.equal('a start takes 3.1 s, 3.0 s of a processor; up to 4 cases side by side');
    expect(lines[1]).to.match(/^1 of 10 cases judged, 0 failed, about \d+ s left$/);
  });

  it('does not count known failures', () => {
    const lines = printed((stream) => conformProgress(stream, 1).judged(failingCase('a/1', { known: 'ticket' })));
    expect(lines).to.deep.equal(['1 of 1 cases judged, 0 failed']);
  });
});
