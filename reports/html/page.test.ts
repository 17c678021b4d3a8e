import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { benchmarkOf, cellOf, completeRow } from '../test-support/example-results.ts';
import { swarmCell, swarmSample } from '../test-support/example-swarm.ts';
import { renderPage } from './page.ts';

const five = [1, 2, 3, 4, 5].map((peer) => completeRow(`peer${peer}`, 400 + peer, 70, 100));

describe('renderPage', () => {
  it('shows a table per cell, with figures of the paper, a chart in two widths, and the machine', async () => {
    const page = await renderPage([benchmarkOf(cellOf(5, 20, five), cellOf(2, 9, five.slice(3)))]);
    expect(page)
      .to.contain('<title>Benchmark: example</title>')
      .and.contain('5 peers · 20 blocks')
      .and.contain('76.20');
    expect(page).to.contain('2 peers · 9 blocks').and.contain('A CPU');
    // The peers' times, and the messages by action.
    expect(page.match(/<svg/g)).to.have.length(4);
    expect(page).to.not.contain('undefined').and.not.contain('NaN').and.not.contain('[object');
  });

  it('is self-contained: loads nothing, runs nothing', async () => {
    const page = await renderPage([benchmarkOf(cellOf(5, 20, five))]);
    expect(page).to.contain('default-src &#39;none&#39;');
    expect(page).to.not.match(/<script|<img|<iframe|<link(?! rel="icon" href="data:,")/);
    expect(page).to.not.match(/\b(?:href|src)="(?!#|data:,")/);
  });

  it('escapes untrusted text', async () => {
    const evil = '"><script>alert(1)</script><b onload=x>';
    const row = {
      ...completeRow(evil, 1, 1, 1),
      outcome: 'wrong-file' as const,
      detail: evil,
      stderrTail: evil,
      stdoutTail: evil,
    };
    const benchmark = {
      ...benchmarkOf(cellOf(1, 20, [row])),
      verdict: 'incomplete' as const,
      implementation: { name: evil, manifest: evil },
      roles: { tracker: evil, peer: 'other' },
    };
    const page = await renderPage([benchmark]);
    expect(page).to.not.contain('<script').and.not.contain('<b onload');
    expect(page.match(/&#60;script&#62;alert\(1\)/g)).to.have.length.above(5);
  });

  it('runs one script of its own to replay a swarm, and embeds the transfers safely', async () => {
    const evil = '</script><img src=x onerror=alert(1)><!--';
    const cell = { ...swarmCell(2, 5), samples: [swarmSample(2, 5, 'counting', 0, (peer) => `${evil}${peer}`)] };
    const page = await renderPage([benchmarkOf(cell)]);
    const scripts = [...page.matchAll(/<script( type="application\/json")?>(.*?)<\/script>/gs)];
    expect(scripts.map(([, type]) => type !== undefined)).to.deep.equal([true, false]);
    const swarms = JSON.parse(scripts[0]?.[2] ?? '') as { peerIds: string[] }[];
    expect(swarms[0]?.peerIds).to.deep.equal([`${evil}0`, `${evil}1`]);
    const hash = createHash('sha256')
      .update(scripts[1]?.[2] ?? '')
      .digest('base64');
    const unescaped = page.replace(/&#(\d+);/g, (_escape, code: string) => String.fromCharCode(Number(code)));
    expect(unescaped).to.contain(`; script-src 'sha256-${hash}'"`);
    expect(page).to.not.contain('<img').and.not.contain('<!--');
  });

  it('shows "unavailable" if the relay counted nothing, not 0', async () => {
    const cell = { ...swarmCell(2, 5), samples: [swarmSample(2, 5, 'timing')] };
    const page = await renderPage([benchmarkOf(cell)]);
    expect(page.match(/unavailable<\/td>/g)).to.have.length(7 + 8);
    expect(page).to.contain('counts unavailable').and.not.contain('<td>0</td>').and.not.contain('<script');
  });

  it('is a valid page if nothing was measured', async () => {
    const page = await renderPage([{ ...benchmarkOf(cellOf(3, 20)), verdict: 'incomplete' }]);
    expect(page).to.contain('Incomplete').and.not.contain('<svg');
  });
});
