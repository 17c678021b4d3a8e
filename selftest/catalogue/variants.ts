import { join } from 'node:path';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Manifest } from '../../schemas/types.ts';
import { packageRoot } from '../../launch/package-root.ts';
import pythonVariants from '../../impl/variants/python.json' with { type: 'json' };
import referenceVariants from '../../impl/variants/reference.json' with { type: 'json' };

/** How the command of a role differs from the base. */
interface RoleChange {
  /** Arguments to replace, all of which must exist, and their replacements. */
  readonly change?: Readonly<Record<string, string>>;
  /** Arguments to append. */
  readonly extra?: readonly string[];
}

/** A correct implementation that uses the freedoms of the protocol. */
export interface Variant {
  readonly id: string;
  /** How it differs from its base, in a sentence. */
  readonly what: string;
  /** The role that differs from the base, if only one does. */
  readonly role?: 'tracker' | 'peer';
  readonly base: 'impl/python' | 'impl/reference';
  readonly replace?: readonly { readonly file: string; readonly find: string; readonly with: string }[];
  /** `onComplete` null removes the field from the manifest. */
  readonly peer?: RoleChange & { readonly onComplete?: 'exit' | 'stay' | null };
  readonly timing?: Manifest['timing'];
  readonly extensions?: Manifest['extensions'];
}

type Entry = Omit<Variant, 'base'>;

export const variants: readonly Variant[] = [
  ...(pythonVariants as readonly Entry[]).map((entry) => ({ ...entry, base: 'impl/python' as const })),
  ...(referenceVariants as readonly Entry[]).map((entry) => ({ ...entry, base: 'impl/reference' as const })),
];

/** Loads the base of a variant with its changes. Files are changed only in the private copy of each process. */
export async function loadVariant(variant: Variant): Promise<Implementation> {
  const { manifest, ...base } = await loadImplementation(join(packageRoot, variant.base));
  const { workspace, peer, timing, extensions } = manifest;
  return {
    ...base,
    manifest: {
      ...manifest,
      name: `${manifest.name}, ${variant.id}`,
      workspace: { ...workspace, replace: [...(workspace?.replace ?? []), ...(variant.replace ?? [])] },
      ...(peer === undefined ? {} : { peer: changedPeer(peer, variant) }),
      timing: variant.timing ?? timing ?? {},
      extensions: variant.extensions ?? extensions ?? [],
    },
  };
}

type Peer = NonNullable<Manifest['peer']>;

function changedPeer(peer: Peer, { id, peer: changes = {} }: Variant): Peer {
  const { change = {}, extra = [], onComplete = peer.onComplete } = changes;
  for (const argument of Object.keys(change)) {
    if (!peer.command.includes(argument))
      throw new Error(`Variant ${id} changes ${argument}, which is not an argument.`);
  }
  const [program, ...rest] = peer.command;
  const changed = rest.map((argument) => (Object.hasOwn(change, argument) ? (change[argument] ?? '') : argument));
  const changedManifest: Peer = { ...peer, command: [program, ...changed, ...extra] };
  if (onComplete === null || onComplete === undefined) delete changedManifest.onComplete;
  else changedManifest.onComplete = onComplete;
  return changedManifest;
}
