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

  const half = () => reader.response(Buffer.from('{"b"'));
  const server = (how: 'closed' | 'reset') => () => reader.serverEnded(how);
  const client = (how: 'closed' | 'reset') => () => reader.clientEnded(how);
  const over = () => reader.end();
  const bothClose = [client('closed'), server('closed'), over];
  for (const [what, ends, expected] of [
    ['a server that closes', [server('closed')], ['unanswered closed']],
    ['a server that resets', [server('reset')], ['unanswered reset']],
    ['a server that is silent to the end', [over], ['unanswered silent']],
    ['a client that gives up', [client('reset'), over], ['unanswered given-up']],
    ['half an answer', [half, server('closed')], ['unanswered closed unfinished']],
    ['a server that closes when the client does', bothClose, ['unanswered given-up', 'unanswered half-closed']],
  ] as const) {
    it(`tells ${what}`, () => {
      reader.request(Buffer.from('{}'));
      for (const end of ends) end();
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
