import type { Manifest } from '../../schemas/types.ts';
import { placeholderNames, wordsInBraces } from './placeholders.ts';
import type { Problem } from '../documents/problem.ts';
import { quote } from '../documents/problem.ts';

// Placeholders without a value for one of the roles. A field cannot contain the placeholder that it defines.
const notForTracker = ['peer_id', 'output', 'pack'];
const notForPeer = ['file', 'pack'];
// These differ among the peers of a pack: they are in its list.
const notForPack = ['file', 'output', 'peer_id', 'port'];

/** Checks that every placeholder in a command, a variable or a path is known and has a value for its role. */
export function checkPlaceholders({ tracker, peer, env, workspace }: Manifest): Problem[] {
  return [
    ...inTexts('tracker.command', tracker?.command ?? [], notForTracker),
    ...inText('tracker.file', tracker?.file ?? '', ['file', ...notForTracker]),
    ...inTexts('peer.command', peer?.command ?? [], notForPeer),
    ...inTexts('peer.pack', peer?.pack ?? [], notForPack),
    ...inText('peer.output', peer?.output ?? '', ['output', ...notForPeer]),
    ...inTexts('workspace.mkdir', workspace?.mkdir ?? [], ['pack']),
    ...Object.entries(env ?? {}).flatMap(([name, value]) => inText(`env.${name}`, value, ['pack'])),
  ];
}

function inTexts(field: string, texts: readonly string[], excluded: readonly string[]): Problem[] {
  return texts.flatMap((text, index) => inText(`${field}[${index}]`, text, excluded));
}

function inText(field: string, text: string, excluded: readonly string[]): Problem[] {
  const usable = [...placeholderNames].filter((name) => !excluded.includes(name));
  return wordsInBraces(text)
    .filter((word) => !usable.includes(word))
    .map((word) => ({
      field,
      message: `has ${quote(`{${word}}`)}, which ${
        placeholderNames.has(word) ? 'has no value here' : 'is not a placeholder'
      }; use one of ${usable.map((name) => `{${name}}`).join(' ')}.`,
    }));
}
