// The product of two matrices in float64. Pointers are byte offsets into the imported memory; matrices are row-major.

/**
 * c (n x m) = a (n x k) b (k x m), all in float64, as losses are. Sums over k in ascending order, as in
 * src/kernels/matmul.ts, so that a loss has the same bits by the plan and on the tape.
 */
export function product64(a: usize, b: usize, c: usize, n: u32, k: u32, m: u32): void {
  const row = <usize>k << 3;
  const pitch = <usize>m << 3;
  for (let r: u32 = 0; r < n; r += 4) {
    // The last rows of fewer than four are computed again and again, to the same values.
    const r1 = min(r + 1, n - 1);
    const r2 = min(r + 2, n - 1);
    const r3 = min(r + 3, n - 1);
    let j: u32 = 0;
    for (; j + 4 <= m; j += 4) {
      const left = <usize>j << 3;
      let p0 = a + r * row;
      let p1 = a + r1 * row;
      let p2 = a + r2 * row;
      let p3 = a + r3 * row;
      let q = b + left;
      let s00 = f64x2.splat(0);
      let s01 = f64x2.splat(0);
      let s10 = f64x2.splat(0);
      let s11 = f64x2.splat(0);
      let s20 = f64x2.splat(0);
      let s21 = f64x2.splat(0);
      let s30 = f64x2.splat(0);
      let s31 = f64x2.splat(0);
      for (const end = p0 + row; p0 < end; p0 += 8, p1 += 8, p2 += 8, p3 += 8, q += pitch) {
        const b0 = v128.load(q);
        const b1 = v128.load(q, 16);
        let v = v128.load64_splat(p0);
        s00 = f64x2.add(s00, f64x2.mul(v, b0));
        s01 = f64x2.add(s01, f64x2.mul(v, b1));
        v = v128.load64_splat(p1);
        s10 = f64x2.add(s10, f64x2.mul(v, b0));
        s11 = f64x2.add(s11, f64x2.mul(v, b1));
        v = v128.load64_splat(p2);
        s20 = f64x2.add(s20, f64x2.mul(v, b0));
        s21 = f64x2.add(s21, f64x2.mul(v, b1));
        v = v128.load64_splat(p3);
        s30 = f64x2.add(s30, f64x2.mul(v, b0));
        s31 = f64x2.add(s31, f64x2.mul(v, b1));
      }
      v128.store(c + r * pitch + left, s00);
      v128.store(c + r * pitch + left, s01, 16);
      v128.store(c + r1 * pitch + left, s10);
      v128.store(c + r1 * pitch + left, s11, 16);
      v128.store(c + r2 * pitch + left, s20);
      v128.store(c + r2 * pitch + left, s21, 16);
      v128.store(c + r3 * pitch + left, s30);
      v128.store(c + r3 * pitch + left, s31, 16);
    }
    for (; j < m; j++) {
      for (let at = r; at <= r3; at++) {
        let p = a + at * row;
        let s: f64 = 0;
        for (let q = b + (<usize>j << 3), end = p + row; p < end; p += 8, q += pitch) s += f64.load(p) * f64.load(q);
        f64.store(c + at * pitch + (<usize>j << 3), s);
      }
    }
  }
}
