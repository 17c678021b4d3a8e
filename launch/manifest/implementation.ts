import type { Manifest } from '../../schemas/types.ts';

/** An implementation that can be started: its manifest, checked, and where that lies. */
export interface Implementation {
  /** Absolute path of the manifest. */
  readonly path: string;
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly manifest: Manifest;
}
