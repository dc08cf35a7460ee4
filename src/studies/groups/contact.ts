import { eachSquares } from '../../kernels/row-distances.js';
import { TIE } from '../../statistics/tie.js';

/** Rows at which the sides may touch by chance. */
const BRIDGE = 2;

/**
 * How far apart two sides are where they come closest, among the distances inside: the share of rows whose
 * `near`-th neighbour on their own side is nearer than the closest rows across. Near 0 in a cloud that was cut,
 * whatever its shape and dimension; near 1 where there is a gap. Cost O(m^2 d).
 */
export function contactOf(rows: Float64Array, d: number, a: Int32Array, b: Int32Array, near = 4): number {
  if (Math.min(a.length, b.length) < BRIDGE + 1) return 0;
  const m = a.length + b.length;
  const block = { points: rows, d, order: Int32Array.from([...a, ...b]) };
  const inside = new Float64Array(m);
  const across = new Float64Array(a.length);
  let step = Infinity;
  eachSquares(block, block, (i, line) => {
    for (const v of line) if (v > 0 && v < step) step = v;
    const own = i < a.length ? line.slice(0, a.length) : line.slice(a.length);
    own.sort();
    // The first is the row itself.
    inside[i] = own[Math.min(near, own.length - 1)]!;
    if (i < a.length) across[i] = line.subarray(a.length).reduce((least, v) => Math.min(least, v), Infinity);
  });
  const closest = across.sort()[BRIDGE - 1]!;
  // On a grid the nearest value that is another one is no gap.
  if (closest <= step * (1 + TIE)) return 0;
  return inside.reduce((count, v) => count + (v < closest ? 1 : 0), 0) / m;
}
