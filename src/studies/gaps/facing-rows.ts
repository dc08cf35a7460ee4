import type { Prototypes } from './prototypes.js';

/** Where each row stands towards the nearest part of another group. */
export interface FacingRows {
  /** Group of each row; rows of no group count with the group of the nearest prototype. -1: there is none. */
  readonly own: Int32Array;
  /** Group of the nearest prototype of another group; -1: there is none. */
  readonly faced: Int32Array;
  /** Place between the nearest own prototype (-1/2) and that one (1/2); NaN where a third is nearer to the border. */
  readonly place: Float64Array;
}

/** Products of all pairs of prototypes. */
function products(at: Float64Array, d: number, count: number): Float64Array {
  const out = new Float64Array(count * count);
  for (let e = 0; e < count; e++) {
    for (let f = 0; f <= e; f++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += at[e * d + c]! * at[f * d + c]!;
      out[e * count + f] = sum;
      out[f * count + e] = sum;
    }
  }
  return out;
}

/**
 * Places every row between its own part and the nearest part of another group, with the prototypes that the
 * other half gave. So near, a border is flat and a way is straight, whatever the shape of the groups.
 */
export function facingRows(
  rows: Float64Array,
  d: number,
  labels: Int32Array,
  half: Int8Array,
  prototypes: readonly [Prototypes, Prototypes],
): FacingRows {
  const n = labels.length;
  const own = new Int32Array(n).fill(-1);
  const faced = new Int32Array(n).fill(-1);
  const place = new Float64Array(n).fill(Number.NaN);
  prototypes.forEach(({ at, group }, h) => {
    const count = group.length;
    const gram = products(at, d, count);
    const dots = new Float64Array(count);
    for (let i = 0; i < n; i++) {
      if (half[i] !== h) continue;
      let nearest = -1;
      // Squared distance of the row to a prototype, less the square of the row.
      const square = (e: number) => gram[e * count + e]! - 2 * dots[e]!;
      for (let e = 0; e < count; e++) {
        let sum = 0;
        for (let c = 0; c < d; c++) sum += rows[i * d + c]! * at[e * d + c]!;
        dots[e] = sum;
        if (nearest === -1 || square(e) < square(nearest)) nearest = e;
      }
      if (nearest === -1) continue;
      own[i] = labels[i] === -1 ? group[nearest]! : labels[i]!;
      let [p, q] = [-1, -1];
      for (let e = 0; e < count; e++) {
        if (group[e] === own[i]) p = p === -1 || square(e) < square(p) ? e : p;
        else q = q === -1 || square(e) < square(q) ? e : q;
      }
      if (p === -1 || q === -1) continue;
      faced[i] = group[q]!;
      const length = gram[p * count + p]! + gram[q * count + q]! - 2 * gram[p * count + q]!;
      if (!(length > 0)) continue;
      const t = (square(p) - square(q)) / (2 * length);
      // Squared distance of the foot on the border to a prototype, up to what is the same for all.
      const ofFoot = (e: number) => square(e) + 2 * t * (gram[q * count + e]! - gram[p * count + e]!);
      const limit = ofFoot(p) - 1e-9 * length;
      let free = true;
      for (let e = 0; e < count && free; e++) free = e === p || e === q || ofFoot(e) >= limit;
      if (free) place[i] = t;
    }
  });
  return { own, faced, place };
}
