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
    // The stage is not ready before that.
    () => Promise.resolve(),
    { needs: ['wire.message.one-object/peer-requests'] },
  ),

  peerCase(
    'peer.register.once/given-id',
    'A peer starts: it registers with the id that it was given.',
    async (peer) => {
      const [request] = peer.tracker.seen('register');
      expectEqual(field(request?.body, 'peer_id'), peer.subjectId, 'a registration with peer_id');
      // A program that dies of the answer must not seem to work.
      const goesOnOrEnds = (): boolean => peer.requests().length > 1 || peer.program.exit !== undefined;
      await peer.context.transcript.watch.until(goesOnOrEnds, diesOfAnswerWithinMs);
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
