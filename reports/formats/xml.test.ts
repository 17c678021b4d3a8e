import { expect } from 'chai';
import { element, escapeXml } from './xml.ts';

describe('escapeXml', () => {
  it('shows what XML cannot hold', () => {
    expect(escapeXml('\u0000\u001b\ud800\udc00x\udfff\ufffe\uffff')).to.equal(
      '\\u0000\\u001b\u{10000}x\\udfff\\ufffe\\uffff',
    );
  });

  it('keeps tabs, line feeds and returns, also in an attribute', () => {
    expect(escapeXml('\t\n\r\u0085')).to.equal('&#9;&#10;&#13;&#133;');
  });

  it('leaves no markup and no end of a CDATA section', () => {
    expect(escapeXml(`]]></a>&amp;"'`)).to.equal(`]]&gt;&lt;/a&gt;&amp;amp;&quot;'`);
  });
});

describe('element', () => {
  it('leaves out attributes without a value, and the end tag without content', () => {
    expect(element('a', { b: undefined, c: 0, d: '"' })).to.equal('<a c="0" d="&quot;"/>');
    expect(element('a', {}, '<b/>')).to.equal('<a><b/></a>');
  });
});
