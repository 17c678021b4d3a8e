import { createHash } from 'node:crypto';

/** The SHA-256 of the bytes, in lower-case hexadecimal digits. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
