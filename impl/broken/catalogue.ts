import { join } from 'node:path';
import { loadImplementation, type Implementation } from '../launch/manifest.ts';
import { packageRoot } from '../launch/package-root.ts';
import defects from './python.json' with { type: 'json' };

/** One small defect: texts of the Python implementation replaced by others. */
export interface Defect {
  readonly id: string;
  /** The id of the clause that it breaks. */
  readonly clause: string;
  readonly why: string;
  readonly replace: readonly { readonly file: string; readonly find: string; readonly with: string }[];
}

export const pythonDefects: readonly Defect[] = defects;

/** The Python implementation with one defect: the same files, changed in the private copy that each process gets. */
export async function brokenPython(defect: Defect): Promise<Implementation> {
  const { manifest, ...sound } = await loadImplementation(join(packageRoot, 'impl/python'));
  const { workspace } = manifest;
  const replace = [...(workspace?.replace ?? []), ...defect.replace];
  const name = `${manifest.name} with ${defect.id}`;
  return { ...sound, manifest: { ...manifest, name, workspace: { ...workspace, replace } } };
}
