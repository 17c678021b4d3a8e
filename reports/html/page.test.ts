import { expect } from 'chai';
import { benchmarkOf, cellOf, completeRow } from '../example-results.ts';
import { renderPage } from './page.ts';

const five = [1, 2, 3, 4, 5].map((peer) => completeRow(`peer${peer}`, 400 + peer, 70, 100));

describe('renderPage', () => {
  it('shows a table per cell, with the numbers of the report, a chart in two widths, and the machine', () => {
    const page = renderPage({
      title: 'A title',
      conformance: [],
      benchmarks: [benchmarkOf(cellOf(5, 20, five), cellOf(2, 9, five.slice(3)))],
    });
    expect(page).to.contain('<title>A title</title>').and.contain('5 peers · 20 blocks').and.contain('76.20');
    expect(page).to.contain('2 peers · 9 blocks').and.contain('A CPU');
    expect(page.match(/<svg/g)).to.have.length(2);
    expect(page).to.not.contain('undefined').and.not.contain('NaN').and.not.contain('[object');
  });

  it('is self-contained: nothing is loaded, nothing runs', () => {
    const page = renderPage({ title: 'x', conformance: [], benchmarks: [benchmarkOf(cellOf(5, 20, five))] });
    expect(page).to.contain('default-src &#39;none&#39;');
    expect(page).to.not.match(/<script|<img|<iframe|<link(?! rel="icon" href="data:,")/);
    expect(page).to.not.match(/\b(?:href|src)="(?!#|data:,")/);
  });

  it('shows text of strangers as text', () => {
    const evil = '"><script>alert(1)</script><b onload=x>';
    const row = { ...completeRow(evil, 1, 1, 1), outcome: 'wrong-file' as const, detail: evil, stderrTail: evil };
    const benchmark = {
      ...benchmarkOf(cellOf(1, 20, [row])),
      verdict: 'incomplete' as const,
      implementation: { name: evil, manifest: evil },
      roles: { tracker: evil, peer: 'other' },
    };
    const page = renderPage({ title: evil, conformance: [], benchmarks: [benchmark] });
    expect(page).to.not.contain('<script').and.not.contain('<b onload');
    expect(page.match(/&#60;script&#62;alert\(1\)/g)).to.have.length.above(5);
  });

  it('is a page even when nothing was measured', () => {
    const page = renderPage({
      title: 'x',
      conformance: [],
      benchmarks: [{ ...benchmarkOf(cellOf(3, 20)), verdict: 'incomplete' }],
    });
    expect(page).to.contain('Incomplete').and.not.contain('<svg');
  });
});
