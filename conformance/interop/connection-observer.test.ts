import { expect } from 'chai';
import { ConnectionObserver } from './connection-observer.ts';
import type { Observation } from './observation.ts';

describe('ConnectionObserver', () => {
  let seen: string[];
  let observer: ConnectionObserver;

  beforeEach(() => {
    seen = [];
    const line = (one: Observation): string => {
      if (one.kind === 'unanswered') return `${one.kind} ${one.how}${one.unfinished ? ' unfinished' : ''}`;
      return one.kind === 'refused' ? one.kind : `${one.kind} ${one.text}`;
    };
    observer = new ConnectionObserver(
      { client: 0, server: 1, number: 1 },
      () => 0,
      (one) => seen.push(line(one)),
    );
  });

  it('observes messages however they are cut, and pairs each response with its request', () => {
    for (const part of ['{"a":', '1}{"a"', ':2}\n']) observer.request(Buffer.from(part));
    for (const part of ['{"b"', ':1} {"b":2}']) observer.response(Buffer.from(part));
    observer.serverEnded('closed');
    expect(seen).to.deep.equal(['request {"a":1}', 'request {"a":2}', 'response {"b":1}', 'response {"b":2}']);
  });

  it('observes bytes that are not a message once', () => {
    observer.request(Buffer.from('hello'));
    observer.request(Buffer.from('again'));
    expect(seen).to.deep.equal(['request hello']);
  });

  const half = () => observer.response(Buffer.from('{"b"'));
  const server = (how: 'closed' | 'reset') => () => observer.serverEnded(how);
  const client = (how: 'closed' | 'reset') => () => observer.clientEnded(how);
  const over = () => observer.end();
  const bothClose = [client('closed'), server('closed'), over];
  for (const [what, ends, expected] of [
    ['a server that closes', [server('closed')], ['unanswered closed']],
    ['a server that resets', [server('reset')], ['unanswered reset']],
    ['a server that is silent to the end', [over], ['unanswered silent']],
    ['a client that gives up', [client('reset'), over], ['unanswered given-up']],
    ['half an answer', [half, server('closed')], ['unanswered closed unfinished']],
    ['a server that closes when the client does', bothClose, ['unanswered given-up', 'unanswered half-closed']],
  ] as const) {
    it(`observes ${what}`, () => {
      observer.request(Buffer.from('{}'));
      for (const end of ends) end();
      expect(seen).to.deep.equal(['request {}', ...expected]);
    });
  }

  it('expects nothing of a server without a request', () => {
    observer.clientEnded('closed');
    observer.serverEnded('closed');
    expect(seen).to.deep.equal([]);
  });

  it('observes a refused connection', () => {
    observer.serverEnded('refused');
    expect(seen).to.deep.equal(['refused']);
  });
});
