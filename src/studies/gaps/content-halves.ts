/** The sign of -0, which is taken for 0. */
const SIGN = 0x80000000;

/** A number made of the values of one row, the same wherever the row stands (FNV-1a over the bits). */
function fingerprint(bits: Uint32Array, from: number, to: number, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let p = from; p < to; p += 2) {
    const high = bits[p] === 0 && bits[p + 1] === SIGN ? 0 : bits[p + 1]!;
    hash = Math.imul(hash ^ bits[p]!, 0x01000193);
    hash ^= hash >>> 15;
    hash = Math.imul(hash ^ high, 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** For each row a number that looks random, depends on the seed and its values, and not on its place. */
export function fingerprints(points: Float64Array, n: number, d: number, seed: number): Uint32Array {
  const bits = new Uint32Array(points.buffer, points.byteOffset, 2 * n * d);
  return Uint32Array.from({ length: n }, (_, i) => fingerprint(bits, 2 * d * i, 2 * d * (i + 1), seed));
}

/**
 * Halves each group, and the rows of no group (label -1): 0 or 1 for each row. The order of rows does not
 * matter, as the rows are ranked by their fingerprints.
 */
export function contentHalves(prints: Uint32Array, labels: Int32Array, k: number): Int8Array {
  const half = new Int8Array(labels.length);
  const members: number[][] = Array.from({ length: k + 1 }, () => []);
  for (let i = 0; i < labels.length; i++) members[labels[i]! + 1]!.push(i);
  for (const rows of members) {
    rows.sort((i, j) => prints[i]! - prints[j]! || i - j);
    const first = (prints[rows[0]!] ?? 0) & 1;
    rows.forEach((i, position) => {
      half[i] = (position + first) % 2;
    });
  }
  return half;
}

/** Rows by their fingerprints, so that nothing that goes through them in turn depends on where they stand. */
export function contentOrder(prints: Uint32Array): Int32Array {
  return Int32Array.from(prints.keys()).sort((i, j) => prints[i]! - prints[j]! || i - j);
}
