import { sha256 } from '../../core/sha256.js';
import type { SafetensorsFile } from '../safetensors/from-safetensors.js';

/** Where the hash goes: it is taken with zeros in its place. */
export const BLANK = '0'.repeat(64);
const HASH_KEY = new TextEncoder().encode('"sha256":"');

/** Writes the hash of a checkpoint into the place that is kept for it. */
export function seal(bytes: Uint8Array): Uint8Array {
  bytes.set(new TextEncoder().encode(sha256(bytes)), hashPlace(bytes));
  return bytes;
}

/** Where the hash stands in a checkpoint; -1 where there is none. */
function hashPlace(bytes: Uint8Array): number {
  // It is one of the first entries of the header.
  const head = bytes.subarray(0, 256);
  const at = head.findIndex((_, i) => HASH_KEY.every((byte, p) => head[i + p] === byte));
  return at < 0 ? -1 : at + HASH_KEY.length;
}

/** Whether the content is that of which the hash was taken. */
export function intact(bytes: Uint8Array, { metadata }: SafetensorsFile): boolean {
  const at = hashPlace(bytes);
  if (at < 0) return false;
  const blank = bytes.slice();
  blank.set(new TextEncoder().encode(BLANK), at);
  return metadata.sha256 === sha256(blank);
}
