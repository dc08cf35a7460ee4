import type { FacingRows } from './facing-rows.js';

/** A pair touches when this share of the rows of one group has the other as the nearest. */
const SHARE = 0.1;

/** Pairs of groups that touch, first group before second. */
export function touchingPairs({ own, faced }: FacingRows, labels: Int32Array, k: number): [number, number][] {
  const size = new Float64Array(k);
  const facing = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === -1) continue;
    size[labels[i]!]!++;
    if (faced[i] === -1) continue;
    const key = own[i]! * k + faced[i]!;
    facing.set(key, (facing.get(key) ?? 0) + 1);
  }
  const pairs = new Set<number>();
  for (const [key, count] of facing) {
    const [a, b] = [Math.floor(key / k), key % k];
    if (count >= SHARE * size[a]!) pairs.add(Math.min(a, b) * k + Math.max(a, b));
  }
  return [...pairs].sort((x, y) => x - y).map((key) => [Math.floor(key / k), key % k]);
}
