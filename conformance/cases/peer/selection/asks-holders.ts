import { Violation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex } from '../../swarms.ts';

export const asksHoldersCases = [
  peerCase(
    'peer.selection.asks-holders/each-has-its-own',
    'Each of three peers holds other blocks: the subject asks none for a block that it does not hold.',
    async (peer) => {
      await peer.complete();
      for (const other of peer.peers) {
        const wrong = other.seen('request_block').find((request) => !other.script.holds.has(blockIndex(request)));
        if (wrong !== undefined) {
          throw new Violation(
            `requests to ${other.id} for blocks that it holds, ${show([...other.script.holds])}`,
            `a request for block ${blockIndex(wrong)}`,
          );
        }
      }
    },
    {
      setup: () => ({ peers: [1, 2, 3].map((n) => ({ id: `peer-${n}`, holds: new Set([2 * n, 2 * n + 1]) })) }),
      needs: [keyCases.asksHolder, keyCases.downloadsFromPeer],
    },
  ),
];
