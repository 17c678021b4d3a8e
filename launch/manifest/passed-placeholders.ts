import type { Manifest } from '../../schemas/types.ts';
import { wordsInBraces } from './placeholders.ts';

/** Whether it is known where a peer leaves its file: the manifest says so, or the peer is told. */
export function isOutputKnown(manifest: Manifest): boolean {
  return (
    manifest.peer !== undefined &&
    (manifest.peer.output !== undefined || placeholdersPassedTo('peer', manifest).has('output'))
  );
}

/** The placeholders whose values reach the program of a role: by its command, by a variable or by a changed file. */
export function placeholdersPassedTo(role: 'tracker' | 'peer', { workspace, env, ...manifest }: Manifest): Set<string> {
  const texts = [
    ...(manifest[role]?.command ?? []),
    ...Object.values(env ?? {}),
    ...(workspace?.replace ?? []).map((replacement) => replacement.with),
  ];
  return new Set(texts.flatMap(wordsInBraces));
}
