import { probeEndsWithinMs } from '../../time-limits.ts';
import { expectEqual } from '../../wire/expect.ts';
import { peerCase } from '../case.ts';

export const listenCases = [
  peerCase(
    'peer.listen.before-register/at-registration',
    'The tracker has not answered the registration yet and connects to the listen_port that it names: the peer accepts.',
    async (peer) => {
      await peer.until(
        () => peer.tracker.listenerProbe !== undefined,
        probeEndsWithinMs,
        'a registration with a port to connect to',
        () => 'none',
      );
      expectEqual(peer.tracker.listenerProbe, 'accepted', 'a connection to the listen_port to be');
    },
    { setup: () => ({ tracker: { probesListener: true } }) },
  ),
];
