import { expect } from 'chai';
import { hostile } from '../../test-support/example-conformance.ts';
import { interopOf, interopSwarm, wrongBlock } from '../../test-support/example-interop.ts';
import { renderPage } from '../page.ts';

const page = (...interop: Parameters<typeof interopOf>): Promise<string> => renderPage([interopOf(...interop)]);

describe('the page of an interop result', () => {
  it('shows the matrix, and each kind of failure once with its first wrong message', async () => {
    const swarms = [interopSwarm(0, 0), interopSwarm(0, 1, wrongBlock), interopSwarm(1, 0, wrongBlock)];
    const text = await page(['a', 'b'], swarms);
    expect(text.match(/<a href="#interop-failure-1">/g)).to.have.length(2);
    expect(text.match(/id="interop-failure-/g)).to.have.length(1);
    expect(text).to.contain('12.1 ms  peer1 → peer2  #7').and.contain('12.5 ms  peer2 → peer1  #7');
    expect(text).to.contain('peer.request-block.serves: A peer answers.');
    expect(text).to.contain('tracker of 2 with peers of 1').and.contain('Blamed: 2 b in 2 swarms.');
    expect(text).to.contain('3 swarms of 2 implementations.').and.not.contain('undefined');
  });

  it('shows no failures if all complete', async () => {
    expect(await page(['a'], [interopSwarm(0, 0)]))
      .to.contain('All complete')
      .and.not.contain('interop-failure');
  });

  it('escapes untrusted text', async () => {
    const failure = {
      ...wrongBlock,
      culprit: hostile,
      sentence: hostile,
      requirement: hostile,
      stderrTail: hostile,
      stdoutTail: hostile,
    };
    const text = await page([hostile, 'b'], [interopSwarm(0, 1, failure)]);
    expect(text)
      .to.not.contain('<script')
      .and.not.contain('<b onload')
      .and.not.match(/[\u001b\u0007\u202e]/);
  });
});
