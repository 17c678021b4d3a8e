import { describeExit } from '../../../stage/program-exit.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { CannotJudge } from '../../../violation.ts';
import type { Connection } from '../../../wire/connection.ts';
import { requestBlock } from '../../../wire/requests.ts';
import { peerCase, type Case } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { serverCases } from '../../server-case.ts';

/** How many idle connections of each kind: together few enough for a server that has a thread for each. */
const idleConnections = 4;

export const idleCases: Case[] = [
  ...serverCases(
    'wire.idle.serves-others',
    '',
    'Four clients connect and stay silent, then four send only half a request: the server serves another client.',
    async (server) => {
      // They stay open, as what a server makes of half a request and its end is for wire.garbage.survives.
      for (const [text, what] of [
        ['', 'four connections that stay silent'],
        ['{"action":"get_pe', 'eight connections, four of them with half a request'],
      ] as const) {
        const connections: Connection[] = [];
        for (let n = 0; n < idleConnections; n += 1) connections.push(await server.client.open());
        for (const connection of connections) await connection.send(text);
        await server.serves(what);
      }
    },
    { sharedBy: 'requests' },
  ),

  peerCase(
    'wire.idle.serves-others/peer-one-who-does-not-read',
    'Three clients ask for a block of 4 MiB and do not read it: the peer serves another client meanwhile.',
    async (peer) => {
      if ((await peer.grants(peer.client, peer.known, 0)) === undefined)
        throw new CannotJudge(`the subject did not grant a block of 4 MiB; ${describeExit(peer.program)}`);
      for (let n = 0; n < 3; n += 1) {
        const connection = await peer.client.open();
        connection.stopReading();
        await connection.send(JSON.stringify(requestBlock(peer.known, 0)));
      }
      await peer.serves('block requests whose senders do not read');
    },
    {
      setup: () => ({
        blocks: ['um texto longo. '.repeat(1 << 18), ...sampleBlocks(3)],
        tracker: { initialBlocks: [0] },
      }),
      needs: [keyCases.grants.peer],
    },
  ),
];
