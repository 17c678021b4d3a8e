import { peerCase } from '../case.ts';
import { expectConforms, expectEqual } from '../../wire/expect.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import { isRequestName } from '../../wire/requests.ts';
import { asksForPeersWithinMs, probeEndsWithinMs } from '../../time-limits.ts';

export const peerStartCases = [
  peerCase(
    'peer.register.once/at-start',
    'A peer starts: it registers under the id that it was given.',
    async (peer) => {
      const [request] = peer.tracker.seen('register');
      expectEqual(field(request?.body, 'peer_id'), peer.subjectId, 'a registration with peer_id');
    },
    { needs: ['wire.message.one-object/peer-requests'] },
  ),

  peerCase(
    'peer.register.once/not-again',
    'A peer is answered whenever it asks: after several get_peers it has still registered only once.',
    async (peer) => {
      await peer.until(
        () => peer.tracker.seen('get_peers').length >= 3,
        asksForPeersWithinMs(peer.context.timing, 3),
        'three get_peers',
        () => 'fewer',
      );
      expectEqual(peer.tracker.seen('register').length, 1, 'registrations:');
    },
    { needs: ['peer.register.once/at-start', 'peer.discovery.periodic/while-incomplete'] },
  ),

  peerCase(
    'peer.requests.well-formed/while-downloading',
    'A peer downloads a file from two peers and the tracker: each of its requests has the fields of its action.',
    async (peer) => {
      await peer.complete();
      for (const { action, body, to } of peer.requests()) {
        const name = `${action}.request`;
        if (!isRequestName(name)) throw new Violation(`actions of the protocol`, `${JSON.stringify(action)} to ${to}`);
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
      needs: ['peer.tracker-last.nobody-has/alone'],
    },
  ),

  peerCase(
    'peer.listen.before-register/at-registration',
    'While a registration waits for its answer, the tracker connects to the listen_port that it names: accepted.',
    async (peer) => {
      await peer.until(
        () => peer.tracker.listenerProbe !== undefined,
        probeEndsWithinMs,
        'a port to connect to',
        () => 'none',
      );
      expectEqual(peer.tracker.listenerProbe, 'accepted', 'a connection to the listen_port to be');
    },
    { setup: () => ({ tracker: { probesListener: true } }) },
  ),
];
