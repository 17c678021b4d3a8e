import { expect } from 'chai';
import { caseOf, conformanceOf, eventOf, failingCase, hostileResult } from '../../test-support/example-conformance.ts';
import type { ConformanceResult } from '../../../schemas/types.ts';
import { renderPage } from '../page.ts';
import { sequenceDiagram } from './sequence-diagram.ts';

const page = (...conformance: ConformanceResult[]): Promise<string> => renderPage(conformance);

describe('the page of a conformance result', () => {
  it('shows everything about a failure', async () => {
    const text = await page(conformanceOf('x', caseOf('b/1'), failingCase('a/1')));
    const parts = ['Not conforming', 'A tracker answers.', 'an answer', '/peers (type)', 'KeyError: 1', '--case a/1'];
    for (const part of parts) expect(text).to.contain(part);
    expect(text.match(/class="arrow/g)).to.have.length(3);
    expect(text).to.not.contain('undefined').and.not.contain('[object').and.not.contain('NaN');
  });

  it('shows known failures, and errors in their list', async () => {
    const result = conformanceOf('x', failingCase('a/1', { known: 'ticket 12' }));
    const text = await page({ ...result, knownFailures: [{ case: 'c/1', reason: 'r', state: 'unmatched' }] });
    expect(text).to.contain('Known failures only').and.contain('ticket 12').and.contain('no such case exists');
  });

  it('shows the matrix of several results, with links to the failures', async () => {
    const text = await page(conformanceOf('x', caseOf('a/1')), conformanceOf('y', failingCase('a/1')));
    const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(links).to.include.members(['result-1', 'result-2', 'result-2-case-0']);
    for (const id of links) expect(text).to.contain(`id="${id}"`);
  });

  it('escapes untrusted text', async () => {
    const text = await page(hostileResult(), hostileResult());
    expect(text)
      .to.not.match(/<script|<b onload|<a href="http/)
      .and.not.match(/[\u0000\u001b\u202e]/);
    expect(text).to.contain('&#60;script&#62;alert(1)');
    expect(text).to.contain('__proto__').and.contain('constructor');
  });
});

describe('sequenceDiagram', () => {
  it('has an arrow per event, from lane to lane', () => {
    const text = sequenceDiagram([
      eventOf(1, { from: 'ana', to: 'subject', text: 'hello' }),
      eventOf(2, { from: 'subject', to: 'tracker', kind: 'open' }),
    ]);
    expect(text).to.contain('--lanes: 3').and.contain('hello').and.contain('subject connects');
    expect(text).to.match(
      /arrow left bytes" style="--start: 0; --span: 1"[^]*arrow right open" style="--start: 0; --span: 2"/,
    );
  });

  it('shows the newest of many events, and how many are left out', () => {
    const text = sequenceDiagram(Array.from({ length: 100 }, (_, at) => eventOf(at, { text: `event ${at}.` })));
    expect(text).to.contain('20 earlier events').and.contain('event 99.').and.not.contain('event 19.');
  });
});
