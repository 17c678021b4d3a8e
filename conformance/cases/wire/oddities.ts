import type { Case } from '../case.ts';
import { serverCases, validText } from '../server-case.ts';
import { bytes, expectGarbageSurvived, type Garbage } from './garbage.ts';

const oddities: readonly Garbage[] = [
  {
    what: 'a lone surrogate as an id',
    make: bytes('{"action":"register","peer_id":"\\ud800","sender_id":"\\ud800","listen_port":20001,"block_index":0}'),
  },
  { what: 'a lone surrogate as its action', make: bytes('{"action":"\\udc00"}') },
  {
    what: 'the same key twice',
    make: (server) => Buffer.from(`{"action":"x",${validText(server).slice(1)}`),
  },
  {
    what: '30,000 nested lists',
    make: bytes(`{"action":${'['.repeat(30_000)}${']'.repeat(30_000)}}`),
  },
  {
    what: 'a number of 10,000 digits and one beyond all doubles',
    make: bytes(
      `{"action":"announce_block","sender_id":"ana","block_index":${'9'.repeat(10_000)},"listen_port":1e400,"peer_id":"ana"}`,
    ),
  },
];

export const odditiesCases: Case[] = serverCases(
  'wire.oddities.survives',
  '',
  'Clients send lone surrogates, the same key twice, deep nesting, huge numbers, and leave: the same process serves other connections, open and new ones.',
  (server) => expectGarbageSurvived(server, oddities),
  // A tracker may register the lone surrogate, and a running one could not be rid of it.
  { needs: (role) => [`wire.garbage.survives/${role}`, `wire.invalid.serves-on/${role}`], running: ['peer'] },
);
