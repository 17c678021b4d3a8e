import type { PeerEntry } from '../../../stage/scripted-tracker.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { untilAllAsked } from './infos.ts';

/** Makes a list of three peers a little shorter than 1 MiB. */
const paddingBytes = 345_000;

export const longListsCases = [
  peerCase(
    'peer.discovery.long-lists/one-mebibyte',
    'The answer to the registration has 1 MiB, as each of three entries has a long unknown field: the subject asks all three for their blocks.',
    (peer) => untilAllAsked(peer),
    {
      setup: () => ({
        peers: ['ana', 'bia', 'caio'].map((id) => ({ id, holds: new Set<number>() })),
        longInfos: true,
        tracker: {
          transformReply: (reply) => {
            if (reply.kind !== 'message' || !('initial_blocks' in reply.message)) return reply;
            const { peers } = reply.message as unknown as { readonly peers: readonly PeerEntry[] };
            const padded = peers.map((entry) => ({ ...entry, comment: 'x'.repeat(paddingBytes) }));
            return { ...reply, message: { ...reply.message, peers: padded } };
          },
        },
      }),
      needs: [keyCases.asksNewPeersForBlocks, 'wire.fields.client-ignores-unknown/in-entries'],
    },
  ),
];
