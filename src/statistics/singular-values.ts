/** Vectors with a smaller square are rounding errors beside entries of size 1, and 1 / square could overflow. */
const NOTHING = 2 ** -200;

/** Turns v into the vector of a reflection that maps it to a multiple of the first axis; returns that and 2 / v^T v. */
function reflection(v: Float64Array): readonly [image: number, factor: number] {
  let square = 0;
  for (let i = 0; i < v.length; i++) square += v[i]! * v[i]!;
  if (square < NOTHING) return [0, 0];
  const length = v[0]! > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  const factor = 1 / (square - v[0]! * length);
  v[0]! -= length;
  return [length, factor];
}

/** Diagonal and superdiagonal, one after the other in turn, of a bidiagonal matrix with the singular values of a; n >= d. */
function bidiagonal(a: Float64Array, n: number, d: number): Float64Array {
  const chain = new Float64Array(2 * d - 1);
  const along = new Float64Array(d);
  for (let k = 0; k < d; k++) {
    // From the left: column k becomes zero below the diagonal.
    const v = Float64Array.from({ length: n - k }, (_, i) => a[(k + i) * d + k]!);
    const [image, factor] = reflection(v);
    chain[2 * k] = image;
    along.fill(0);
    for (let i = k; i < n; i++) {
      const weight = factor * v[i - k]!;
      for (let j = k + 1; j < d; j++) along[j]! += weight * a[i * d + j]!;
    }
    for (let i = k; i < n; i++) {
      const weight = v[i - k]!;
      for (let j = k + 1; j < d; j++) a[i * d + j]! -= weight * along[j]!;
    }
    if (k === d - 1) break;
    // From the right: row k becomes zero behind the superdiagonal.
    const u = a.slice(k * d + k + 1, (k + 1) * d);
    const [across, weight] = reflection(u);
    chain[2 * k + 1] = across;
    for (let i = k + 1; i < n; i++) {
      const start = i * d + k + 1;
      let dot = 0;
      for (let j = 0; j < u.length; j++) dot += a[start + j]! * u[j]!;
      dot *= weight;
      for (let j = 0; j < u.length; j++) a[start + j]! -= dot * u[j]!;
    }
  }
  return chain;
}

/**
 * Singular values, largest first, of n x d finite values (row-major): min(n, d) of them, each within a
 * few roundings of the largest one; exact zeros for the zero matrix. Householder's reflections to
 * bidiagonal form, then bisection by the inertia of the tridiagonal matrix with zero diagonal that has
 * plus and minus the singular values as eigenvalues (Golub and Van Loan 2013, section 8.6): the squares
 * of the matrix, which would cost half of the digits, are never formed. Only additions, products,
 * quotients and roots, so that every engine gives the same bits. Cost 4 n d min(n, d).
 */
export function singularValues(values: Float64Array, n: number, d: number): Float64Array {
  const rank = Math.min(n, d);
  let largest = 0;
  for (let p = 0; p < values.length; p++) largest = Math.max(largest, Math.abs(values[p]!));
  if (largest === 0) return new Float64Array(rank);
  // Scaled to at most 1: no square overflows, and none that matters vanishes. Stood upright.
  const upright = n >= d ? values.slice() : values.map((_, p) => values[(p % n) * d + Math.floor(p / n)]!);
  for (let p = 0; p < upright.length; p++) upright[p]! /= largest;
  const chain = bidiagonal(upright, Math.max(n, d), rank);
  const squares = chain.map((value) => value * value);

  /** How many singular values are below x > 0. */
  const below = (x: number): number => {
    let pivot = -x;
    let negative = 1;
    for (let i = 0; i < squares.length; i++) {
      pivot = -x - squares[i]! / (pivot === 0 ? Number.MIN_VALUE : pivot);
      if (pivot < 0) negative++;
    }
    return negative - rank;
  };
  let bound = 0;
  chain.forEach((value, i) => {
    bound = Math.max(bound, Math.abs(value) + Math.abs(chain[i + 1] ?? 0));
  });
  bound *= 1 + 2 ** -50;
  let high = bound;
  return Float64Array.from({ length: rank }, (_, position) => {
    let low = 0;
    while (high - low > 2 ** -53 * bound) {
      const middle = (low + high) / 2;
      if (middle <= low || middle >= high) break;
      if (below(middle) >= rank - position) high = middle;
      else low = middle;
    }
    return low * largest;
  });
}

/** Singular values, largest first, of points from which the column means were taken. */
export function centredSingularValues(points: Float64Array, n: number, d: number): Float64Array {
  const centred = new Float64Array(n * d);
  for (let j = 0; j < d; j++) {
    // Counted from the first row, so that equal rows give exact zeros.
    const origin = points[j]!;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += points[i * d + j]! - origin;
    for (let i = 0; i < n; i++) centred[i * d + j] = points[i * d + j]! - origin - sum / n;
  }
  return singularValues(centred, n, d);
}
