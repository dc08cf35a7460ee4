import { DIP_LEVELS, DIP_QUANTILES, DIP_SIZES } from './dip-quantiles.js';

/** Distinct sorted values with the number of rows below each and up to each: the corners of the steps. */
interface Steps {
  readonly at: Float64Array;
  readonly below: Float64Array;
  readonly upTo: Float64Array;
}

function stepsOf(sorted: Float64Array): Steps {
  const n = sorted.length;
  const at = new Float64Array(n);
  const below = new Float64Array(n);
  const upTo = new Float64Array(n);
  let m = 0;
  for (let i = 0; i < n; i++) {
    if (m === 0 || sorted[i]! > at[m - 1]!) {
      at[m] = sorted[i]!;
      below[m] = i;
      m++;
    }
    upTo[m - 1] = i + 1;
  }
  return { at: at.subarray(0, m), below: below.subarray(0, m), upTo: upTo.subarray(0, m) };
}

/** For each corner the one before it on the greatest convex minorant of the lower corners up to it. */
function minorant({ at, below }: Steps): Int32Array {
  const before = new Int32Array(at.length);
  for (let j = 1; j < at.length; j++) {
    let p = j - 1;
    while (
      p > 0 &&
      (at[j]! - at[p]!) * (below[p]! - below[before[p]!]!) >= (at[p]! - at[before[p]!]!) * (below[j]! - below[p]!)
    ) {
      p = before[p]!;
    }
    before[j] = p;
  }
  return before;
}

/** For each corner the one after it on the least concave majorant of the upper corners from it on. */
function majorant({ at, upTo }: Steps): Int32Array {
  const last = at.length - 1;
  const after = new Int32Array(at.length).fill(last);
  for (let j = last - 1; j >= 0; j--) {
    let q = j + 1;
    while (
      q < last &&
      (at[q]! - at[j]!) * (upTo[after[q]!]! - upTo[q]!) >= (at[after[q]!]! - at[q]!) * (upTo[q]! - upTo[j]!)
    ) {
      q = after[q]!;
    }
    after[j] = q;
  }
  return after;
}

/** Height at `x` of the line through two corners. */
function between(at: Float64Array, height: Float64Array, p: number, q: number, x: number): number {
  if (p === q) return height[p]!;
  return height[p]! + ((x - at[p]!) * (height[q]! - height[p]!)) / (at[q]! - at[p]!);
}

/**
 * Hartigan's dip: the largest distance between the distribution of the values and the unimodal one
 * that is nearest to it (Hartigan and Hartigan 1985, doi:10.1214/aos/1176346577). From 1 / (2 n) to 1/4.
 * The modal interval shrinks until minorant and majorant are nowhere farther apart than what the parts
 * beside it already need (Hartigan 1985, AS 217). Equal values make one step, so that ties are exact.
 *
 * @param sorted ascending, finite. Cost O(n).
 */
export function dip(sorted: Float64Array): number {
  const n = sorted.length;
  const steps = stepsOf(sorted);
  const { at, below, upTo } = steps;
  const last = at.length - 1;
  if (last < 1) return 1 / (2 * n);
  const before = minorant(steps);
  const after = majorant(steps);
  let low = 0;
  let high = last;
  // In rows; the distance to the middle of the band is half of it.
  let found = 1;
  for (;;) {
    const lower: number[] = [high];
    while (lower[lower.length - 1]! > low) lower.push(before[lower[lower.length - 1]!]!);
    lower.reverse();
    const upper: number[] = [low];
    while (upper[upper.length - 1]! < high) upper.push(after[upper[upper.length - 1]!]!);
    let widest = 0;
    let newLow = low;
    let newHigh = high;
    const consider = (width: number, left: number, right: number) => {
      if (width < widest) return;
      widest = width;
      newLow = left;
      newHigh = right;
    };
    let u = 0;
    for (const g of lower) {
      while (upper[u]! < g) u++;
      const p = upper[Math.max(0, u - 1)]!;
      consider(between(at, upTo, p, upper[u]!, at[g]!) - below[g]!, g, upper[u]!);
    }
    let l = 0;
    for (const h of upper) {
      while (l < lower.length - 1 && lower[l + 1]! <= h) l++;
      const q = lower[Math.min(l + 1, lower.length - 1)]!;
      consider(upTo[h]! - between(at, below, lower[l]!, q, at[h]!), lower[l]!, h);
    }
    if (widest <= found) break;
    let beside = 0;
    for (let v = 0; lower[v]! < newLow; v++) {
      const [p, q] = [lower[v]!, lower[v + 1]!];
      for (let j = p; j < q; j++) beside = Math.max(beside, upTo[j]! - between(at, below, p, q, at[j]!));
    }
    for (let v = upper.length - 1; upper[v]! > newHigh; v--) {
      const [p, q] = [upper[v - 1]!, upper[v]!];
      for (let j = p + 1; j <= q; j++) beside = Math.max(beside, between(at, upTo, p, q, at[j]!) - below[j]!);
    }
    found = Math.max(found, beside);
    if (newLow === low && newHigh === high) {
      found = Math.max(found, 1);
      break;
    }
    low = newLow;
    high = newHigh;
  }
  return found / (2 * n);
}

/** Quantile number `q` of sqrt(n) dip, between the tabulated sizes by log n. */
function quantile(n: number, q: number): number {
  const last = DIP_SIZES.length - 1;
  if (n >= DIP_SIZES[last]!) return DIP_QUANTILES[last]![q]!;
  let s = 0;
  while (DIP_SIZES[s + 1]! <= n) s++;
  const share = Math.log(n / DIP_SIZES[s]!) / Math.log(DIP_SIZES[s + 1]! / DIP_SIZES[s]!);
  return (1 - share) * DIP_QUANTILES[s]![q]! + share * DIP_QUANTILES[s + 1]![q]!;
}

/** Share of samples of n uniform values whose dip is at least this; 1 below four values, never below 1e-4. */
export function dipTail(value: number, n: number): number {
  if (n < DIP_SIZES[0]!) return 1;
  const x = Math.sqrt(n) * value;
  if (x <= quantile(n, 0)) return 1;
  for (let q = 1; q < DIP_LEVELS.length; q++) {
    const right = quantile(n, q);
    if (x > right) continue;
    const left = quantile(n, q - 1);
    const share = right > left ? (x - left) / (right - left) : 1;
    return DIP_LEVELS[q - 1]! ** (1 - share) * DIP_LEVELS[q]! ** share;
  }
  return DIP_LEVELS[DIP_LEVELS.length - 1]!;
}

/** Dip of the values, in any order, and its p under the uniform, the unimodal distribution that dips most. */
export function dipTest(values: Float64Array): { dip: number; p: number } {
  const found = dip(values.slice().sort());
  return { dip: found, p: dipTail(found, values.length) };
}
