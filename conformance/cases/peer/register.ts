import { asksForPeersWithinMs, diesOfAnswerWithinMs } from '../../time-limits.ts';
import { expectEqual } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { untilRepeated } from '../swarms.ts';

export const peerRegisterCases = [
  peerCase(
    'peer.register.once/at-start',
    'A peer starts: it registers.',
    // The stage is not ready before that. A program that dies of the answer must not seem to work; it may say goodbye first.
    async (peer) => {
      const goesOn = (): boolean =>
        peer.requests().some(({ action }) => action !== 'register' && action !== 'peer_offline');
      const goesOnOrEnds = (): boolean => goesOn() || peer.program.exit !== undefined;
      await peer.context.transcript.watch.until(goesOnOrEnds, diesOfAnswerWithinMs);
    },
    { needs: ['wire.message.one-object/peer-requests'] },
  ),

  peerCase(
    'peer.register.once/given-id',
    'A peer starts: it registers with the id that it was given.',
    async (peer) => {
      const [request] = peer.tracker.seen('register');
      expectEqual(field(request?.body, 'peer_id'), peer.subjectId, 'a registration with peer_id');
    },
  ),

  peerCase(
    'peer.register.once/not-again',
    'The tracker answers every request: after several get_peers the peer has registered only once.',
    async (peer) => {
      const getPeersSent = (): number => peer.tracker.seen('get_peers').length;
      await untilRepeated(peer, getPeersSent, 3, 'get_peers', asksForPeersWithinMs(peer.context.timing, 3));
      expectEqual(peer.tracker.seen('register').length, 1, 'registrations:');
    },
    { needs: ['wire.exchange.one-request/servers-that-close', 'peer.register.once/at-start', keyCases.asksForPeers] },
  ),
];
