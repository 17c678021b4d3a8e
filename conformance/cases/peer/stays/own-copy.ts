import { rm } from 'node:fs/promises';
import { peerCase } from '../../case.ts';
import { stays, swarmOfNewPeers, untilStays, whyItDoesNotStay } from './complete-swarm.ts';
import { expectEachBlockServed } from './serves.ts';

export const staysOwnCopyCases = [
  peerCase(
    'peer.stays.own-copy/file-deleted',
    'The file that a complete peer has written is deleted: it goes on serving every block.',
    async (peer) => {
      await untilStays(peer);
      for (const path of peer.program.outputPaths) await rm(path, { force: true });
      await expectEachBlockServed(peer);
    },
    {
      setup: () => swarmOfNewPeers(1),
      inapplicable: whyItDoesNotStay,
      needs: [stays, 'peer.stays.serves/lone-known-peer'],
    },
  ),
];
