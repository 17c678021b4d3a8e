import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import { packageRoot } from '../../launch/package-root.ts';
import pythonDefects from '../../impl/broken/python.json' with { type: 'json' };
import referenceDefects from '../../impl/broken/reference.json' with { type: 'json' };

/** One small defect, made by replacing texts of a correct implementation. */
export interface Defect {
  readonly id: string;
  /** The id of the clause that it violates. */
  readonly clause: string;
  /** What is wrong, in a sentence. */
  readonly why: string;
  /** Further clauses that the defect cannot but violate, and why. */
  readonly also?: readonly string[];
  readonly whyAlso?: string;
  /** Only time or number shows it: a case that runs with --thorough. */
  readonly thorough?: boolean;
  /** Its manifest says that it stays when it is complete, as it does. */
  readonly onComplete?: 'stay';
  /** The folder of the correct implementation, from the root of the package. */
  readonly base: 'impl/python' | 'impl/reference';
  readonly replace: readonly { readonly file: string; readonly find: string; readonly with: string }[];
}

type Entry = Omit<Defect, 'base'>;

export const defects: readonly Defect[] = [
  ...(pythonDefects as readonly Entry[]).map((defect) => ({ ...defect, base: 'impl/python' as const })),
  ...(referenceDefects as readonly Entry[]).map((defect) => ({ ...defect, base: 'impl/reference' as const })),
];

/**
 * A correct implementation with one defect, or several of the same base. Its files are changed only in the private copy of each
 * process.
 */
export async function loadMutant(first: Defect, ...others: readonly Defect[]): Promise<Implementation> {
  const { manifest, ...base } = await loadImplementation(join(packageRoot, first.base));
  const { workspace, peer } = manifest;
  const all = [first, ...others];
  const replace = [...(workspace?.replace ?? []), ...all.flatMap((defect) => defect.replace)];
  const name = `${manifest.name} with ${all.map(({ id }) => id).join(', ')}`;
  const stays = peer !== undefined && all.some(({ onComplete }) => onComplete === 'stay');
  return {
    ...base,
    manifest: {
      ...manifest,
      name,
      workspace: { ...workspace, replace },
      ...(stays && { peer: { ...peer, onComplete: 'stay' } }),
    },
  };
}

const genericFolder = join(packageRoot, 'impl/broken/generic');

/** The manifests of programs that do not implement the protocol, by name. */
export const genericManifests: ReadonlyMap<string, string> = new Map(
  readdirSync(genericFolder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => [basename(file, '.json'), join(genericFolder, file)]),
);
