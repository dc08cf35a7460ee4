/** A 32-bit mix of the numbers of a row; equal rows have equal values. */
function rowHash(bits: Uint32Array, at: number, d: number): number {
  let hash = 0x811c9dc5;
  for (let c = 2 * at * d; c < 2 * (at + 1) * d; c++) {
    hash = Math.imul(hash ^ bits[c]!, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

/**
 * The first row that equals each row, exactly; a row that equals none before it is its own.
 * Cost O(n d).
 */
export function firstEqualRow(points: Float64Array, n: number, d: number): Int32Array {
  const first = new Int32Array(n);
  // Adding 0 turns -0 into 0, which is equal to it.
  const copy = points.map((value) => value + 0);
  const bits = new Uint32Array(copy.buffer, 0, 2 * n * d);
  const seen = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const hash = rowHash(bits, i, d);
    const bucket = seen.get(hash);
    first[i] = i;
    if (bucket === undefined) {
      seen.set(hash, [i]);
      continue;
    }
    const same = bucket.find((j) => {
      for (let c = 0; c < d; c++) if (copy[i * d + c] !== copy[j * d + c]) return false;
      return true;
    });
    if (same === undefined) bucket.push(i);
    else first[i] = same;
  }
  return first;
}
