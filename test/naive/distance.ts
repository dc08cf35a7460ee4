/** Textbook distances of two rows. */
export type Distance = (a: readonly number[], b: readonly number[]) => number;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * 1 - cos. For rows less than a right angle apart as sin^2 / (1 + cos), with the sine by Lagrange's
 * identity, because 1 - cos itself has no digits left for small angles. Rows that are parallel to
 * rounding are at distance 0.
 */
function oneMinusCosine(a: readonly number[], b: readonly number[]): number {
  const zero = (row: readonly number[]) => row.every((value) => value === 0);
  if (zero(a) || zero(b)) return a === b ? 0 : 1;
  const largest = (row: readonly number[]) => Math.max(...row.map(Math.abs));
  const p = a.map((value) => value / largest(a));
  const q = b.map((value) => value / largest(b));
  const dot = (x: readonly number[], y: readonly number[]) => sum(x.map((value, c) => value * y[c]!));
  const lengths = dot(p, p) * dot(q, q);
  const cosine = dot(p, q) / Math.sqrt(lengths);
  if (cosine <= 0) return 1 - cosine;
  const minors = p.flatMap((value, i) => q.slice(i + 1).map((other, j) => value * other - p[i + 1 + j]! * q[i]!));
  const distance = sum(minors.map((minor) => minor * minor)) / lengths / (1 + cosine);
  return distance < 8 * a.length * Number.EPSILON ** 2 ? 0 : distance;
}

/** Rows are compared by identity, so that a zero row is at distance 0 from itself only. */
const centred = new WeakMap<readonly number[], number[]>();
function centre(row: readonly number[]): number[] {
  let known = centred.get(row);
  if (known === undefined) {
    const moved = row.map((value) => value - row[0]!);
    const mean = sum(moved) / row.length;
    known = moved.map((value) => value - mean);
    centred.set(row, known);
  }
  return known;
}

export const naiveDistances = {
  euclidean: (a, b) => Math.sqrt(sum(a.map((value, c) => (value - b[c]!) ** 2))),
  sqeuclidean: (a, b) => sum(a.map((value, c) => (value - b[c]!) ** 2)),
  manhattan: (a, b) => sum(a.map((value, c) => Math.abs(value - b[c]!))),
  chebyshev: (a, b) => Math.max(...a.map((value, c) => Math.abs(value - b[c]!))),
  cosine: oneMinusCosine,
  correlation: (a, b) => oneMinusCosine(centre(a), centre(b)),
} satisfies Record<string, Distance>;

export function naiveMatrix(points: readonly (readonly number[])[], distance: Distance): number[][] {
  return points.map((a) => points.map((b) => (a === b ? 0 : distance(a, b))));
}
