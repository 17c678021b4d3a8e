import { join } from 'node:path';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Manifest } from '../../schemas/types.ts';
import { packageRoot } from '../../launch/package-root.ts';
import pythonVariants from '../../impl/variants/python.json' with { type: 'json' };
import referenceVariants from '../../impl/variants/reference.json' with { type: 'json' };

/** How the command of a role differs. */
interface RoleChange {
  /** Arguments that take the place of others; every one that is named must be there. */
  readonly change?: Readonly<Record<string, string>>;
  /** Arguments that come last. */
  readonly extra?: readonly string[];
}

/** A correct implementation that does as it likes where the protocol leaves a choice. */
export interface Variant {
  readonly id: string;
  /** What it does otherwise than its base, in a sentence. */
  readonly what: string;
  /** The only role that differs from the base, if one is the same. */
  readonly role?: 'tracker' | 'peer';
  readonly base: 'impl/python' | 'impl/reference';
  readonly replace?: readonly { readonly file: string; readonly find: string; readonly with: string }[];
  /** `onComplete` null: the manifest does not say. */
  readonly peer?: RoleChange & { readonly onComplete?: 'exit' | 'stay' | null };
  readonly timing?: Manifest['timing'];
  readonly extensions?: Manifest['extensions'];
}

type Entry = Omit<Variant, 'base'>;

export const variants: readonly Variant[] = [
  ...(pythonVariants as readonly Entry[]).map((entry) => ({ ...entry, base: 'impl/python' as const })),
  ...(referenceVariants as readonly Entry[]).map((entry) => ({ ...entry, base: 'impl/reference' as const })),
];

/** The implementation that a variant is: its base, changed in manifest and in the private copy that each process gets. */
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
    if (!peer.command.includes(argument)) throw new Error(`Variant ${id} changes ${argument}, which is no argument.`);
  }
  const [program, ...rest] = peer.command;
  const changed = rest.map((argument) => (Object.hasOwn(change, argument) ? (change[argument] ?? '') : argument));
  const changedManifest: Peer = { ...peer, command: [program, ...changed, ...extra] };
  if (onComplete === null || onComplete === undefined) delete changedManifest.onComplete;
  else changedManifest.onComplete = onComplete;
  return changedManifest;
}
