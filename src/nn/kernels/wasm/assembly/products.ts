import { mulAdd, ZERO } from './lanes';

/** Bytes of a matrix that stay in the nearest cache, beside what passes by. */
const BLOCK: u32 = 16384;

/**
 * Any part of c (+)= sum over t of a[t] b[t]: a row of c at a time. `a` moves by `rowA` bytes from row to
 * row and by `stepA` from t to t; b and c have rows of `pitch` bytes.
 */
function edge(
  a: usize,
  rowA: usize,
  stepA: usize,
  b: usize,
  c: usize,
  pitch: usize,
  rows: u32,
  width: u32,
  count: u32,
  add: u32,
): void {
  for (let r: u32 = 0; r < rows; r++) {
    let i: u32 = 0;
    for (; i + 4 <= width; i += 4) {
      const at = c + ((<usize>i) << 2);
      let s = add ? v128.load(at) : ZERO;
      let p = a;
      let q = b + ((<usize>i) << 2);
      for (let t: u32 = 0; t < count; t++, p += stepA, q += pitch) s = mulAdd(s, v128.load32_splat(p), v128.load(q));
      v128.store(at, s);
    }
    for (; i < width; i++) {
      const at = c + ((<usize>i) << 2);
      let s: f32 = add ? f32.load(at) : 0;
      let p = a;
      let q = b + ((<usize>i) << 2);
      for (let t: u32 = 0; t < count; t++, p += stepA, q += pitch) s += f32.load(p) * f32.load(q);
      f32.store(at, s);
    }
    a += rowA;
    c += pitch;
  }
}

/**
 * c (+)= sum over t of a[t] b[t] for all of c, with a, b and c as in `edge`; sums over t in ascending order,
 * from 0 or from c. Some t at a time, so that their rows of b stay in the nearest cache for all rows of c.
 */
function product(
  a: usize,
  rowA: usize,
  stepA: usize,
  b: usize,
  c: usize,
  rows: u32,
  width: u32,
  count: u32,
  add: u32,
): void {
  const pitch = <usize>width << 2;
  const most = max(8, BLOCK / <u32>pitch);
  for (let first: u32 = 0; first < count; first += most) {
    const some = min(count - first, most);
    let i: u32 = 0;
    for (; i + 8 <= width; i += 8) {
      const left = <usize>i << 2;
      let r: u32 = 0;
      for (; r + 4 <= rows; r += 4) {
        let p0 = a + r * rowA;
        let p1 = p0 + rowA;
        let p2 = p1 + rowA;
        let p3 = p2 + rowA;
        let q = b + left;
        const c0 = c + r * pitch + left;
        const c1 = c0 + pitch;
        const c2 = c1 + pitch;
        const c3 = c2 + pitch;
        let s00 = ZERO;
        let s01 = ZERO;
        let s10 = ZERO;
        let s11 = ZERO;
        let s20 = ZERO;
        let s21 = ZERO;
        let s30 = ZERO;
        let s31 = ZERO;
        if (add) {
          s00 = v128.load(c0);
          s01 = v128.load(c0, 16);
          s10 = v128.load(c1);
          s11 = v128.load(c1, 16);
          s20 = v128.load(c2);
          s21 = v128.load(c2, 16);
          s30 = v128.load(c3);
          s31 = v128.load(c3, 16);
        }
        for (let t: u32 = 0; t < some; t++) {
          const b0 = v128.load(q);
          const b1 = v128.load(q, 16);
          let v = v128.load32_splat(p0);
          s00 = mulAdd(s00, v, b0);
          s01 = mulAdd(s01, v, b1);
          v = v128.load32_splat(p1);
          s10 = mulAdd(s10, v, b0);
          s11 = mulAdd(s11, v, b1);
          v = v128.load32_splat(p2);
          s20 = mulAdd(s20, v, b0);
          s21 = mulAdd(s21, v, b1);
          v = v128.load32_splat(p3);
          s30 = mulAdd(s30, v, b0);
          s31 = mulAdd(s31, v, b1);
          q += pitch;
          p0 += stepA;
          p1 += stepA;
          p2 += stepA;
          p3 += stepA;
        }
        v128.store(c0, s00);
        v128.store(c0, s01, 16);
        v128.store(c1, s10);
        v128.store(c1, s11, 16);
        v128.store(c2, s20);
        v128.store(c2, s21, 16);
        v128.store(c3, s30);
        v128.store(c3, s31, 16);
      }
      if (r < rows) edge(a + r * rowA, rowA, stepA, b + left, c + r * pitch + left, pitch, rows - r, 8, some, add);
    }
    if (i < width) {
      const left = <usize>i << 2;
      edge(a, rowA, stepA, b + left, c + left, pitch, rows, width - i, some, add);
    }
    add = 1;
    a += most * stepA;
    b += most * pitch;
  }
}

/** c (n x k) (+)= g (n x m) w (m x k). Sums over m in ascending order. */
export function timesMatrix(g: usize, w: usize, c: usize, n: u32, m: u32, k: u32, add: u32): void {
  product(g, <usize>m << 2, 4, w, c, n, k, m, add);
}

/** c (m x k) (+)= g^T x, with g (n x m) and x (n x k). Sums over n in ascending order. */
export function transposedTimes(g: usize, x: usize, c: usize, n: u32, m: u32, k: u32, add: u32): void {
  product(g, 4, <usize>m << 2, x, c, m, k, n, add);
}
