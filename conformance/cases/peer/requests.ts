import { Violation } from '../../violation.ts';
import { expectConforms } from '../../wire/expect.ts';
import { isRequestName } from '../../wire/requests.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';

export const requestsCases = [
  peerCase(
    'peer.requests.well-formed/while-downloading',
    'A peer downloads from two peers and the tracker: each of its requests has the fields of its action.',
    async (peer) => {
      await peer.complete();
      for (const { action, body, to } of peer.requests()) {
        const name = `${action}.request`;
        if (!isRequestName(name))
          throw new Violation('an action of the protocol', `${JSON.stringify(action)} to ${to}`);
        expectConforms(body, name);
      }
    },
    {
      setup: () => ({
        peers: [
          { id: 'ana', holds: new Set([2, 3, 4]) },
          { id: 'bia', holds: new Set([5, 6, 7]) },
        ],
      }),
      needs: [keyCases.asksHolder, keyCases.downloadsAlone],
    },
  ),
];
