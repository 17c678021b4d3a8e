import { Violation } from '../../violation.ts';
import { otherId } from '../../stage/peer-requests.ts';
import { answerIsReadWithinMs } from '../../time-limits.ts';
import { expectConforms, show } from '../../wire/expect.ts';
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

  peerCase(
    'peer.requests.own-id/while-downloading',
    'A peer downloads from two peers and the tracker, and meets a dead one: each of its requests has the id that it registered with.',
    async (peer) => {
      await peer.complete();
      const { transcript } = peer.context;
      await transcript.watch.until(() => peer.tracker.seen('peer_offline').length > 0, answerIsReadWithinMs);
      const other = otherId(peer.requests());
      if (other === undefined) return;
      throw new Violation('requests under the id that the peer registered with', show(other));
    },
    {
      setup: () => ({
        peers: [
          { id: 'ana', holds: new Set([2, 3, 4]) },
          { id: 'bia', holds: new Set([5, 6, 7]) },
          { id: 'rui', holds: new Set(), refusesConnections: true },
        ],
        tracker: { initialBlocks: [0, 1] },
      }),
      needs: [
        'peer.requests.well-formed/while-downloading',
        'peer.register.once/given-id',
        'peer.dead.goes-on/nobody-listens',
      ],
    },
  ),
];
