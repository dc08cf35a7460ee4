import { laneSum, laneSums, mulAdd, ZERO } from './lanes';

/** Element `at` of four rows that are `row` bytes apart. */
// @ts-ignore: decorator
@inline
function column(at: usize, row: usize): v128 {
  let v = v128.load32_zero(at);
  v = v128.load_lane<f32>(at + row, v, 1);
  v = v128.load_lane<f32>(at + 2 * row, v, 2);
  return v128.load_lane<f32>(at + 3 * row, v, 3);
}

/** y (n x m) = x (n x k) w^T + b, w (m x k); no bias when b is 0. Sums over k in four lanes, then the rest, then b. */
export function linear(x: usize, w: usize, b: usize, y: usize, n: u32, k: u32, m: u32): void {
  const row = <usize>k << 2;
  const lanes = (<usize>k & ~3) << 2;
  // Rows in blocks that stay in the nearest cache while all weights pass by.
  for (let start: u32 = 0; start < n; start += 32) {
    const stop = min(n, start + 32);
    let j: u32 = 0;
    for (; j + 4 <= m; j += 4) {
      const w0 = w + j * row;
      const bias = b ? v128.load(b + (<usize>j << 2)) : ZERO;
      for (let r = start; r < stop; r += 2) {
        // A last row without a partner is computed twice.
        const partner = min(r + 1, stop - 1);
        let p0 = x + r * row;
        let p1 = x + partner * row;
        let q0 = w0;
        let q1 = q0 + row;
        let q2 = q1 + row;
        let q3 = q2 + row;
        let s00 = ZERO;
        let s01 = ZERO;
        let s02 = ZERO;
        let s03 = ZERO;
        let s10 = ZERO;
        let s11 = ZERO;
        let s12 = ZERO;
        let s13 = ZERO;
        const end = p0 + lanes;
        while (p0 < end) {
          const a0 = v128.load(p0);
          const a1 = v128.load(p1);
          let v = v128.load(q0);
          s00 = mulAdd(s00, a0, v);
          s10 = mulAdd(s10, a1, v);
          v = v128.load(q1);
          s01 = mulAdd(s01, a0, v);
          s11 = mulAdd(s11, a1, v);
          v = v128.load(q2);
          s02 = mulAdd(s02, a0, v);
          s12 = mulAdd(s12, a1, v);
          v = v128.load(q3);
          s03 = mulAdd(s03, a0, v);
          s13 = mulAdd(s13, a1, v);
          p0 += 16;
          p1 += 16;
          q0 += 16;
          q1 += 16;
          q2 += 16;
          q3 += 16;
        }
        let t0 = laneSums(s00, s01, s02, s03);
        let t1 = laneSums(s10, s11, s12, s13);
        for (const last = p0 + (row - lanes); p0 < last; p0 += 4, p1 += 4, q0 += 4) {
          const v = column(q0, row);
          t0 = mulAdd(t0, v128.load32_splat(p0), v);
          t1 = mulAdd(t1, v128.load32_splat(p1), v);
        }
        v128.store(y + ((<usize>r * m + j) << 2), f32x4.add(t0, bias));
        v128.store(y + ((<usize>partner * m + j) << 2), f32x4.add(t1, bias));
      }
    }
    for (; j < m; j++) {
      const bias = b ? f32.load(b + (<usize>j << 2)) : 0;
      for (let r = start; r < stop; r++) {
        let p = x + r * row;
        let q = w + j * row;
        let s = ZERO;
        for (const end = p + lanes; p < end; p += 16, q += 16) s = mulAdd(s, v128.load(p), v128.load(q));
        let t = laneSum(s);
        for (const last = p + (row - lanes); p < last; p += 4, q += 4) t += f32.load(p) * f32.load(q);
        f32.store(y + ((<usize>r * m + j) << 2), t + bias);
      }
    }
  }
}
