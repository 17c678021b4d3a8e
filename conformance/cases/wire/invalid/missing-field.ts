import { expectErrors, identifiers, integers, withFields } from '../../changed-requests.ts';
import type { Case } from '../../case.ts';
import { serverCases } from '../../server-case.ts';

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const joined = (name: string): string => name.split('_').map(capital).join('');

/** Names that some languages take for the name. */
const otherCases = (name: string): string[] => [name.toUpperCase(), capital(name), joined(name)];

export const otherCaseCases: Case[] = [
  ...serverCases(
    'wire.invalid.missing-field',
    'other-case',
    'Each request has each of its fields in other case only, as Peer_id, PEER_ID, PeerId: error each time.',
    (server) =>
      expectErrors(
        server,
        [...server.validRequests].flatMap(([action, request]) =>
          [...(identifiers[action] ?? []), ...(integers[action] ?? [])].flatMap((name) =>
            otherCases(name).map((other) =>
              withFields(server, action, { [name]: undefined, [other]: request[name as keyof typeof request] }),
            ),
          ),
        ),
      ),
    { needs: (role) => [`wire.invalid.missing-field/${role}`], sharedBy: 'requests' },
  ),
];
