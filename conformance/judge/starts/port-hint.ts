import type { Manifest } from '../../../schemas/types.ts';
import type { Role } from '../../../launch/manifest/implementation.ts';
import { placeholdersPassedTo } from '../../../launch/manifest/passed-placeholders.ts';

/** What to say beside a failed start if the program cannot know its port; empty if the manifest passes it on. */
export function portHint(role: Role, manifest: Manifest): string {
  if (placeholdersPassedTo(role, manifest).has('port')) return '';
  return ` The manifest passes {port} to the ${role} in no way, but the harness expects it on that port.`;
}
