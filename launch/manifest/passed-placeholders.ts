import type { Manifest } from '../../schemas/types.ts';
import type { Role } from './implementation.ts';
import { wordsInBraces } from './placeholders.ts';

/** Whether the path of a peer's rebuilt file is known: the manifest states it, or passes {output} to the peer. */
export function isOutputKnown(manifest: Manifest): boolean {
  return (
    manifest.peer !== undefined &&
    (manifest.peer.output !== undefined || placeholdersPassedTo('peer', manifest).has('output'))
  );
}

/** Whether an interval reaches a peer, in milliseconds or in seconds. @param name as in its placeholders, such as `info` */
export function takesInterval(manifest: Manifest, name: string): boolean {
  const passed = placeholdersPassedTo('peer', manifest);
  return passed.has(`${name}_ms`) || passed.has(`${name}_s`);
}

/** The placeholders whose values reach the program of a role: by its command, a variable or a replacement. */
export function placeholdersPassedTo(role: Role, { workspace, env, ...manifest }: Manifest): Set<string> {
  const texts = [
    ...(manifest[role]?.command ?? []),
    ...Object.values(env ?? {}),
    ...(workspace?.replace ?? []).map((replacement) => replacement.with),
  ];
  return new Set(texts.flatMap(wordsInBraces));
}
