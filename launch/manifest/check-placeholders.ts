import type { Manifest } from '../../schemas/types.ts';
import { placeholderNames, wordsInBraces } from './placeholders.ts';
import type { Problem } from '../documents/problem.ts';
import { quote } from '../documents/problem.ts';

// What has no value for one of the roles, or would stand for itself.
const notForTracker = ['peer_id', 'output', 'pack'];
const notForPeer = ['file', 'pack'];
// Each of the peers of a pack has its own: they stand in the list.
const notForPack = ['file', 'output', 'peer_id', 'port'];

/** Every placeholder in a command, a variable or a path must be known, and have a value for that role. */
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

function inTexts(field: string, texts: readonly string[], without: readonly string[]): Problem[] {
  return texts.flatMap((text, index) => inText(`${field}[${index}]`, text, without));
}

function inText(field: string, text: string, without: readonly string[]): Problem[] {
  const usable = [...placeholderNames].filter((name) => !without.includes(name));
  return wordsInBraces(text)
    .filter((word) => !usable.includes(word))
    .map((word) => ({
      field,
      message: `has ${quote(`{${word}}`)}, which ${
        placeholderNames.has(word) ? 'has no value there' : 'is no placeholder'
      }; use one of ${usable.map((name) => `{${name}}`).join(' ')}.`,
    }));
}
