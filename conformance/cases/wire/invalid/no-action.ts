import { expectErrors } from '../../changed-requests.ts';
import type { Case } from '../../case.ts';
import { serverCases, validRequest } from '../../server-case.ts';

export const otherActionCases: Case[] = serverCases(
  'wire.invalid.no-action',
  'other-case',
  'A request has its action in a field Action or ACTION: error.',
  (server) => {
    const { action, ...fields } = validRequest(server) as { action: string };
    const requests: object[] = [
      { Action: action, ...fields },
      { ACTION: action, ...fields },
    ];
    return expectErrors(server, requests);
  },
  { needs: (role) => [`wire.invalid.no-action/${role}`], sharedBy: 'requests' },
);
