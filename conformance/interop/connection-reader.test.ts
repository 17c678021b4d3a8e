import { expect } from 'chai';
import { ConnectionReader } from './connection-reader.ts';
import type { Observation } from './observation.ts';

describe('ConnectionReader', () => {
  let seen: string[];
  let reader: ConnectionReader;

  beforeEach(() => {
    seen = [];
    const line = (one: Observation): string => {
      if (one.kind === 'unanswered') return `${one.kind} ${one.how}${one.unfinished ? ' unfinished' : ''}`;
      return one.kind === 'refused' ? one.kind : `${one.kind} ${one.text}`;
    };
    reader = new ConnectionReader(
      { client: 0, server: 1, connection: 1 },
      () => 0,
      (one) => seen.push(line(one)),
    );
  });

  it('sees messages however they are cut, and joins each response to its request', () => {
    for (const part of ['{"a":', '1}{"a"', ':2}\n']) reader.request(Buffer.from(part));
    for (const part of ['{"b"', ':1} {"b":2}']) reader.response(Buffer.from(part));
    reader.serverEnded('closed');
    expect(seen).to.deep.equal(['request {"a":1}', 'request {"a":2}', 'response {"b":1}', 'response {"b":2}']);
  });

  it('sees bytes that are no message once', () => {
    reader.request(Buffer.from('hello'));
    reader.request(Buffer.from('again'));
    expect(seen).to.deep.equal(['request hello']);
  });

  for (const [what, ends, expected] of [
    ['a server that closes', () => reader.serverEnded('closed'), ['unanswered closed']],
    ['a server that resets', () => reader.serverEnded('reset'), ['unanswered reset']],
    ['a server that is silent to the end', () => reader.end(), ['unanswered silent']],
    ['a client that gives up', () => reader.clientEnded('reset'), ['unanswered given-up']],
    [
      'half an answer',
      () => (reader.response(Buffer.from('{"b"')), reader.serverEnded('closed')),
      ['unanswered closed unfinished'],
    ],
    [
      'a server that closes when the client does',
      () => (reader.clientEnded('closed'), reader.serverEnded('closed'), reader.end()),
      ['unanswered given-up', 'unanswered half-closed'],
    ],
  ] as const) {
    it(`tells ${what}`, () => {
      reader.request(Buffer.from('{}'));
      ends();
      expect(seen).to.deep.equal(['request {}', ...expected]);
    });
  }

  it('asks nothing of a server after its first answer, or without a request', () => {
    reader.clientEnded('closed');
    reader.serverEnded('closed');
    expect(seen).to.deep.equal([]);
  });

  it('tells a refused connection', () => {
    reader.serverEnded('refused');
    expect(seen).to.deep.equal(['refused']);
  });
});
