import { expect } from 'chai';
import { caseOf, conformanceOf, failingCase, hostile, hostileResult } from '../test-support/example-conformance.ts';
import { benchmarkOf, cellOf, completeRow } from '../test-support/example-results.ts';
import { renderMarkdown } from './summary.ts';
import { block, inline } from './text.ts';

describe('renderMarkdown', () => {
  it('gives verdict and counts, and every failure with its details folded', async () => {
    const result = conformanceOf('x', caseOf('a/1'), failingCase('a/2'), failingCase('a/3', { known: 'ticket' }));
    const text = await renderMarkdown([result]);
    expect(text).to.contain('## ❌ x: not conforming').and.contain('3 cases in 2.0 s: 1 pass, 2 fail (1 known).');
    expect(text.match(/<details>/g)).to.have.length(2);
    expect(text)
      .to.contain('<summary>❌ <b>fail</b> <code>a/2</code></summary>')
      .and.contain('Rerun: npx minibit conform');
    expect(text).to.contain('<summary>1 known failure</summary>').and.contain('- known <code>a/3</code>: ticket');
  });

  it('starts with a table if there are several implementations', async () => {
    const text = await renderMarkdown([conformanceOf('x|y'), conformanceOf('z')]);
    expect(text).to.contain('| x&#124;y | ✅ conforming | none |\n| z |');
  });

  it('shows the means of a benchmark', async () => {
    const benchmarks = [benchmarkOf(cellOf(3, 20, [completeRow('peer1', 500, 40, 70)]))];
    expect(await renderMarkdown(benchmarks)).to.contain(
      '| 3 peers × 20 blocks, times with the relay | 0.500 | 40 | 70 | 55.11 |',
    );
  });

  it('escapes untrusted text', async () => {
    const text = await renderMarkdown([hostileResult(), hostileResult()]);
    const outside = text.replace(/^(`{3,})text\n[^]*?\n\1$/gm, '');
    expect(outside)
      .to.not.match(/<(?!\/?(?:details|summary|b|code)>)/)
      .and.not.contain('`')
      .and.not.contain('](');
    expect(text).to.not.match(/[\u001b\u0000\u202e\r]/);
  });

  it('stays below the size limit of CI servers with many failures', async () => {
    const cases = Array.from({ length: 400 }, (_, at) => failingCase(`a/${at}`, { stderr: 'x'.repeat(4000) }));
    const text = await renderMarkdown([conformanceOf('x', ...cases)]);
    expect(text.length).to.be.below(1_000_000);
    expect(text).to.contain('350 more').and.contain('a/399');
  });
});

describe('untrusted text in Markdown', () => {
  it('is not markup in a line', () => {
    expect(inline('- a\n# b *c* `d` [e](f) <g> | http://h &amp;')).to.equal(
      '&#45; a &#35; b &#42;c&#42; &#96;d&#96; &#91;e&#93;(f) &#60;g&#62; &#124; http&#58;//h &#38;amp;',
    );
    expect(inline('1. a')).to.equal('1&#46; a');
  });

  it('cannot end a code block', () => {
    const [fence = ''] = block(`a\n\`\`\`\`\n${hostile}`).split('text');
    expect(fence).to.equal('`````');
  });
});
