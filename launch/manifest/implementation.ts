import type { Manifest } from '../../schemas/types.ts';

/** The two programs of an implementation. */
export type Role = 'tracker' | 'peer';

/** An implementation: its checked manifest, and the manifest's location. */
export interface Implementation {
  /** Absolute path of the manifest. */
  readonly path: string;
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly manifest: Manifest;
}
