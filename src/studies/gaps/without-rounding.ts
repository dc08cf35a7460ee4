import { Rng } from '../../core/rng.js';

/** Values may differ from multiples of the step by this share of it. */
const SLACK = 1e-6;

/** The step of a column of rounded values, or 0: at least three values, on average twice each, evenly spaced but for gaps. */
function stepOf(sorted: Float64Array): number {
  const n = sorted.length;
  let [distinct, step] = [1, Infinity];
  for (let i = 1; i < n; i++) {
    const difference = sorted[i]! - sorted[i - 1]!;
    if (!(difference > 0)) continue;
    distinct++;
    step = Math.min(step, difference);
  }
  // Two values are a category, and what lies between them is no rounding.
  if (distinct < 3 || 2 * distinct > n) return 0;
  // Steps that are rounding errors of one another are none: a lattice has few places for its values.
  if ((sorted[n - 1]! - sorted[0]!) / step > 4 * n) return 0;
  for (let i = 1; i < n; i++) {
    const steps = (sorted[i]! - sorted[0]!) / step;
    if (Math.abs(steps - Math.round(steps)) > SLACK * Math.max(1, steps)) return 0;
  }
  return step;
}

/**
 * Rows with the rounding of their columns undone: a value that was rounded to a step lay anywhere within half of
 * it, and is put there at random. Between the values of a lattice every cloud has gaps.
 *
 * @param order rows in an order that does not depend on where they stand.
 */
export function withoutRounding(
  points: Float64Array,
  n: number,
  d: number,
  order: Int32Array,
  seed: number,
): Float64Array {
  const steps = new Float64Array(d);
  const column = new Float64Array(n);
  for (let c = 0; c < d; c++) {
    for (let i = 0; i < n; i++) column[i] = points[i * d + c]!;
    steps[c] = stepOf(column.sort());
  }
  if (steps.every((step) => step === 0)) return points;
  const rng = new Rng(seed);
  const moved = points.slice();
  for (const i of order) {
    for (let c = 0; c < d; c++) if (steps[c]! > 0) moved[i * d + c]! += steps[c]! * (rng.uniform() - 0.5);
  }
  return moved;
}
