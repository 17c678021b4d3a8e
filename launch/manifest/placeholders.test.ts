import { expect } from 'chai';
import fc from 'fast-check';
import { asSeconds, expand, wordsInBraces } from './placeholders.ts';

describe('placeholders', () => {
  it('are replaced everywhere', () => {
    const values = new Map([['port', '80'], ['host', 'h']]); // prettier-ignore
    expect(expand('{host}:{port}, {port}', values)).to.equal('h:80, 80');
  });

  it('leave other braces alone', () => {
    for (const text of ['{}', '{ port }', '{Port}', '{unknown}', '${', '{{', '{"a":1}']) {
      expect(expand(text, new Map([['port', '80']]))).to.equal(text);
    }
    expect(expand('{"port":{port}}', new Map([['port', '80']]))).to.equal('{"port":80}');
  });

  it('are not expanded in values', () => {
    expect(expand('{peer_id}', new Map([['peer_id', '{port} $& $1'], ['port', '80']]))).to.equal('{port} $& $1'); // prettier-ignore
  });

  it('are found, known or not', () => {
    expect(wordsInBraces('--p={port} {nonsense} {Not} {}')).to.deep.equal(['port', 'nonsense']);
  });
});

describe('asSeconds', () => {
  it('has no trailing zeros', () => {
    expect([300, 10_000, 1_500, 0, 1, 100_000].map(asSeconds)).to.deep.equal(['0.3', '10', '1.5', '0', '0.001', '100']);
  });

  it('keeps the value', () => {
    fc.assert(fc.property(fc.nat(), (ms) => Number(asSeconds(ms)) === ms / 1000));
  });
});
