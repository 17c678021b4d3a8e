import { expectErrors, identifiers, integers, withEachField } from '../changed-requests.ts';
import type { Case } from '../case.ts';
import { serverCases } from '../server-case.ts';

/** Values that some languages take for an integer. */
const notIntegers = [true, false, '0', '1', '', 1.5, null];
/** Values that some languages convert to a string. */
const notStrings = [1, 0, 1.5, true, false, null];

export const typesCases: Case[] = [
  ...serverCases(
    'wire.types.strict-int',
    '',
    'Each integer of each request is a boolean, a string of digits, an empty string, a fraction, null: error each time.',
    (server) =>
      expectErrors(
        server,
        withEachField(server, [integers], () => notIntegers),
      ),
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.types.strict-string',
    '',
    'Each id of each request is a number, a boolean, null: error each time.',
    (server) =>
      expectErrors(
        server,
        withEachField(server, [identifiers], () => notStrings),
      ),
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.types.identifiers-not-empty',
    '',
    'Each id of each request is the empty string: error each time.',
    (server) =>
      expectErrors(
        server,
        withEachField(server, [identifiers], () => ['']),
      ),
    { sharedBy: 'requests' },
  ),
];
