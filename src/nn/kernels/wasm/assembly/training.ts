// Kernels of a training step, in float32 but for a product. All pointers are byte offsets into the
// imported memory, aligned to 4; matrices are row-major. Sums are taken in a fixed order, which the plain-TypeScript
// twin (src/nn/kernels/) repeats, so that both give the same bits on every engine.

export { product64 } from '../../../../kernels/wasm/assembly/product';

const ZERO = f32x4.splat(0);

/** Bytes of a matrix that stay in the nearest cache, beside what passes by. */
const BLOCK: u32 = 16384;

// @ts-ignore: decorator
@inline
function mulAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** The four lane sums, each (l0 + l2) + (l1 + l3). */
// @ts-ignore: decorator
@inline
function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** One lane sum: (l0 + l2) + (l1 + l3). */
// @ts-ignore: decorator
@inline
function laneSum(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 2) + (f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 3))
  );
}

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

/** c (m) (+)= sums of the columns of g (n x m), over n in ascending order, from 0 or from c. */
export function columnSums(g: usize, c: usize, n: u32, m: u32, add: u32): void {
  const row = <usize>m << 2;
  const lanes = (<usize>m & ~3) << 2;
  let at: usize = 0;
  for (; at < lanes; at += 16) {
    let s = add ? v128.load(c + at) : ZERO;
    let p = g + at;
    for (let r: u32 = 0; r < n; r++, p += row) s = f32x4.add(s, v128.load(p));
    v128.store(c + at, s);
  }
  for (; at < row; at += 4) {
    let s: f32 = add ? f32.load(c + at) : 0;
    let p = g + at;
    for (let r: u32 = 0; r < n; r++, p += row) s += f32.load(p);
    f32.store(c + at, s);
  }
}

/**
 * y (n x m) = (x - mean) scale weight + bias by rows; `stats` receives mean and scale of each row.
 * Sums run over eight lanes, then the rest.
 */
export function layerNorm(
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  stats: usize,
  n: u32,
  m: u32,
  eps: f32,
): void {
  const row = <usize>m << 2;
  const lanes = (<usize>m & ~7) << 2;
  for (let r: u32 = 0; r < n; r++) {
    let s0 = ZERO;
    let s1 = ZERO;
    let at: usize = 0;
    for (; at < lanes; at += 32) {
      s0 = f32x4.add(s0, v128.load(x + at));
      s1 = f32x4.add(s1, v128.load(x + at, 16));
    }
    let mean = laneSum(f32x4.add(s0, s1));
    for (; at < row; at += 4) mean += f32.load(x + at);
    mean /= <f32>m;
    const means = f32x4.splat(mean);
    s0 = ZERO;
    s1 = ZERO;
    at = 0;
    for (; at < lanes; at += 32) {
      const d0 = f32x4.sub(v128.load(x + at), means);
      const d1 = f32x4.sub(v128.load(x + at, 16), means);
      s0 = mulAdd(s0, d0, d0);
      s1 = mulAdd(s1, d1, d1);
    }
    let variance = laneSum(f32x4.add(s0, s1));
    for (; at < row; at += 4) {
      const d = f32.load(x + at) - mean;
      variance += d * d;
    }
    const scale = <f32>1 / sqrt<f32>(variance / <f32>m + eps);
    const scales = f32x4.splat(scale);
    f32.store(stats, mean);
    f32.store(stats, scale, 4);
    at = 0;
    for (; at < lanes; at += 16) {
      const z = f32x4.mul(f32x4.sub(v128.load(x + at), means), scales);
      v128.store(y + at, f32x4.add(f32x4.mul(z, v128.load(weight + at)), v128.load(bias + at)));
    }
    for (; at < row; at += 4) {
      const z = (f32.load(x + at) - mean) * scale;
      f32.store(y + at, z * f32.load(weight + at) + f32.load(bias + at));
    }
    x += row;
    y += row;
    stats += 8;
  }
}

/**
 * Gradients of layerNorm: `gx` (not when it is 0), `gw` and `gb` (not when they are 0), written or added to.
 * gx = (g w - mean(g w) - z mean(g w z)) scale, z being the normalised row.
 */
export function layerNormGradient(
  g: usize,
  x: usize,
  weight: usize,
  stats: usize,
  gx: usize,
  gw: usize,
  gb: usize,
  n: u32,
  m: u32,
  addX: u32,
  addW: u32,
): void {
  const row = <usize>m << 2;
  const lanes = (<usize>m & ~3) << 2;
  if (gw && !addW) memory.fill(gw, 0, row);
  if (gb && !addW) memory.fill(gb, 0, row);
  for (let r: u32 = 0; r < n; r++) {
    const mean = f32.load(stats);
    const scale = f32.load(stats, 4);
    const means = f32x4.splat(mean);
    const scales = f32x4.splat(scale);
    let s = ZERO;
    let a = ZERO;
    let at: usize = 0;
    for (; at < lanes; at += 16) {
      const v = v128.load(g + at);
      const z = f32x4.mul(f32x4.sub(v128.load(x + at), means), scales);
      if (gw) v128.store(gw + at, mulAdd(v128.load(gw + at), v, z));
      if (gb) v128.store(gb + at, f32x4.add(v128.load(gb + at), v));
      const h = f32x4.mul(v, v128.load(weight + at));
      s = f32x4.add(s, h);
      a = mulAdd(a, h, z);
    }
    let sum = laneSum(s);
    let along = laneSum(a);
    for (; at < row; at += 4) {
      const v = f32.load(g + at);
      const z = (f32.load(x + at) - mean) * scale;
      if (gw) f32.store(gw + at, f32.load(gw + at) + v * z);
      if (gb) f32.store(gb + at, f32.load(gb + at) + v);
      const h = v * f32.load(weight + at);
      sum += h;
      along += h * z;
    }
    if (gx) {
      sum /= <f32>m;
      along /= <f32>m;
      const sums = f32x4.splat(sum);
      const alongs = f32x4.splat(along);
      at = 0;
      for (; at < lanes; at += 16) {
        const z = f32x4.mul(f32x4.sub(v128.load(x + at), means), scales);
        const h = f32x4.mul(v128.load(g + at), v128.load(weight + at));
        const d = f32x4.mul(f32x4.sub(f32x4.sub(h, sums), f32x4.mul(z, alongs)), scales);
        v128.store(gx + at, addX ? f32x4.add(v128.load(gx + at), d) : d);
      }
      for (; at < row; at += 4) {
        const z = (f32.load(x + at) - mean) * scale;
        const d = (f32.load(g + at) * f32.load(weight + at) - sum - z * along) * scale;
        f32.store(gx + at, addX ? f32.load(gx + at) + d : d);
      }
      gx += row;
    }
    g += row;
    x += row;
    stats += 8;
  }
}

/** y = a op b, elements at a time: 0 add, 1 subtract, 2 multiply. */
export function pairwise(kind: u32, a: usize, b: usize, y: usize, n: u32): void {
  const lanes = y + ((<usize>n & ~3) << 2);
  const end = y + (<usize>n << 2);
  for (; y < lanes; y += 16, a += 16, b += 16) {
    const u = v128.load(a);
    const v = v128.load(b);
    v128.store(y, kind == 2 ? f32x4.mul(u, v) : kind == 1 ? f32x4.sub(u, v) : f32x4.add(u, v));
  }
  for (; y < end; y += 4, a += 4, b += 4) {
    const u = f32.load(a);
    const v = f32.load(b);
    f32.store(y, kind == 2 ? u * v : kind == 1 ? u - v : u + v);
  }
}

/** y = x scale + shift. */
export function affine(x: usize, y: usize, n: u32, scale: f32, shift: f32): void {
  const lanes = y + ((<usize>n & ~3) << 2);
  const end = y + (<usize>n << 2);
  const scales = f32x4.splat(scale);
  const shifts = f32x4.splat(shift);
  for (; y < lanes; y += 16, x += 16) v128.store(y, f32x4.add(f32x4.mul(v128.load(x), scales), shifts));
  for (; y < end; y += 4, x += 4) f32.store(y, f32.load(x) * scale + shift);
}

/** y += g scale. */
export function addScaled(g: usize, y: usize, n: u32, scale: f32): void {
  const lanes = y + ((<usize>n & ~3) << 2);
  const end = y + (<usize>n << 2);
  const scales = f32x4.splat(scale);
  for (; y < lanes; y += 16, g += 16) v128.store(y, mulAdd(v128.load(y), v128.load(g), scales));
  for (; y < end; y += 4, g += 4) f32.store(y, f32.load(y) + f32.load(g) * scale);
}

/** into += g h, elements at a time. */
export function addProduct(g: usize, h: usize, into: usize, n: u32): void {
  const lanes = into + ((<usize>n & ~3) << 2);
  const end = into + (<usize>n << 2);
  for (; into < lanes; into += 16, g += 16, h += 16) {
    v128.store(into, mulAdd(v128.load(into), v128.load(g), v128.load(h)));
  }
  for (; into < end; into += 4, g += 4, h += 4) f32.store(into, f32.load(into) + f32.load(g) * f32.load(h));
}

/** y = max(x, 0). */
export function relu(x: usize, y: usize, n: u32): void {
  const lanes = y + ((<usize>n & ~3) << 2);
  const end = y + (<usize>n << 2);
  for (; y < lanes; y += 16, x += 16) v128.store(y, f32x4.pmax(v128.load(x), ZERO));
  for (; y < end; y += 4, x += 4) {
    const v = f32.load(x);
    f32.store(y, v < 0 ? 0 : v);
  }
}

/** out = g scale where y > 0, else 0: behind relu, and behind relu and dropout. */
export function gate(g: usize, y: usize, out: usize, n: u32, scale: f32): void {
  const lanes = out + ((<usize>n & ~3) << 2);
  const end = out + (<usize>n << 2);
  const scales = f32x4.splat(scale);
  for (; out < lanes; out += 16, g += 16, y += 16) {
    v128.store(out, v128.and(f32x4.mul(v128.load(g), scales), f32x4.gt(v128.load(y), ZERO)));
  }
  for (; out < end; out += 4, g += 4, y += 4) f32.store(out, f32.load(y) > 0 ? f32.load(g) * scale : 0);
}

/**
 * y = x mask, with mask 0 with probability threshold / 2^32, else scale; written to `mask` unless that is 0.
 * `state` holds the four words of an Rng, one number of which is drawn for each element.
 */
export function dropout(x: usize, y: usize, mask: usize, n: u32, threshold: f64, scale: f32, state: usize): void {
  let s0 = load<u32>(state);
  let s1 = load<u32>(state, 4);
  let s2 = load<u32>(state, 8);
  let s3 = load<u32>(state, 12);
  const bits = reinterpret<i32>(scale);
  for (const end = y + (<usize>n << 2); y < end; y += 4, x += 4) {
    const drawn = rotl<u32>(s1 * 5, 7) * 9;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotl<u32>(s3, 11);
    // Without a branch, which could not be predicted.
    const keep = reinterpret<f32>((i32(<f64>drawn < threshold) - 1) & bits);
    f32.store(y, f32.load(x) * keep);
    if (mask) {
      f32.store(mask, keep);
      mask += 4;
    }
  }
  store<u32>(state, s0);
  store<u32>(state, s1, 4);
  store<u32>(state, s2, 8);
  store<u32>(state, s3, 12);
}

/** e^x for |x| <= 700 to 1e-13, from additions and products alone. */
function exponential(x: f64): f64 {
  const power = floor(x * 1.4426950408889634 + 0.5);
  const r = x - power * 0.6931471805599453;
  const tail = 1 / 5040.0 + r * (1 / 40320.0 + r * (1 / 362880.0 + r * (1 / 3628800.0)));
  const y = 1 + r * (1 + r * (0.5 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0 + r * (1 / 720.0 + r * tail))))));
  return y * reinterpret<f64>((<i64>power + 1023) << 52);
}

/** y = tanh(x), or 1 / (1 + e^-x) when `logistic` is set; in double precision, then rounded. */
export function squash(x: usize, y: usize, n: u32, logistic: u32): void {
  for (const end = y + (<usize>n << 2); y < end; y += 4, x += 4) {
    const v = <f64>f32.load(x);
    const size = min(abs(v), 100);
    const e = exponential(logistic ? -size : -2 * size);
    let z: f64;
    if (logistic) z = v < 0 ? e / (1 + e) : 1 / (1 + e);
    else {
      const s = size * size;
      // Near 0 the quotient cancels, and the series is exact to 1e-12.
      z = size < 0.03125 ? size * (1 + s * (-1 / 3.0 + s * (2 / 15.0 + s * (-17 / 315.0)))) : (1 - e) / (1 + e);
      if (v < 0) z = -z;
    }
    f32.store(y, <f32>z);
  }
}

/** into (+)= g y' from y: 1 - y^2 of tanh, y (1 - y) when `logistic` is set. */
export function squashGradient(g: usize, y: usize, into: usize, n: u32, logistic: u32, add: u32): void {
  for (const end = into + (<usize>n << 2); into < end; into += 4, g += 4, y += 4) {
    const v = f32.load(y);
    const d = f32.load(g) * (logistic ? v * (1 - v) : 1 - v * v);
    f32.store(into, add ? f32.load(into) + d : d);
  }
}

/** `count` runs of `length` values, `fromStep` and `toStep` bytes apart, copied or added. */
export function copyRuns(
  from: usize,
  to: usize,
  count: u32,
  length: u32,
  fromStep: usize,
  toStep: usize,
  add: u32,
): void {
  const bytes = <usize>length << 2;
  for (let r: u32 = 0; r < count; r++, from += fromStep, to += toStep) {
    if (!add) memory.copy(to, from, bytes);
    else for (let at: usize = 0; at < bytes; at += 4) f32.store(to + at, f32.load(to + at) + f32.load(from + at));
  }
}

/** Whether n values are finite, n a multiple of 8. */
export function allFinite(x: usize, n: u32): u32 {
  let bad = ZERO;
  for (const end = x + (<usize>n << 2); x < end; x += 32) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    bad = v128.or(bad, v128.or(f32x4.sub(a, a), f32x4.sub(b, b)));
  }
  return v128.any_true(bad) ? 0 : 1;
}

/** Sum of the squares of n values, n a multiple of 8, in double precision over four lanes. */
export function sumOfSquares(x: usize, n: u32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (const end = x + (<usize>n << 2); x < end; x += 16) {
    const a = f64x2.promote_low_f32x4(v128.load64_zero(x));
    const b = f64x2.promote_low_f32x4(v128.load64_zero(x, 8));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const s = f64x2.add(low, high);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Values below 1e-30 become 0. */
// @ts-ignore: decorator
@inline
function flush(x: v128): v128 {
  return v128.and(x, f32x4.gt(f32x4.abs(x), f32x4.splat(1e-30)));
}

/**
 * One step of Adam or AdamW over n parameters, n a multiple of 8. `settings` points to seven numbers:
 * 1 - beta1, 1 - beta2, rate / (1 - beta1^t), 1 / sqrt(1 - beta2^t), eps, and the decoupled and the coupled
 * weight decay as keep = 1 - rate decay and penalty. They stay in memory, where a broadcast costs
 * nothing. With `tidy` tiny moments become 0: those of a parameter without gradient would else decay to
 * subnormal numbers, which cost much time. Returns whether all new parameters are finite; the old ones
 * are left in the place of the gradient, so that a step that is not can be taken back.
 */
export function adam(p: usize, g: usize, m: usize, v: usize, n: u32, settings: usize, tidy: u32): u32 {
  const decays = f32.load(settings, 20) != 1 || f32.load(settings, 24) != 0;
  let bad = ZERO;
  for (const end = p + (<usize>n << 2); p < end; p += 16, g += 16, m += 16, v += 16) {
    let value = v128.load(p);
    let gradient = v128.load(g);
    v128.store(g, value);
    if (decays) {
      value = f32x4.mul(value, v128.load32_splat(settings, 20));
      gradient = mulAdd(gradient, value, v128.load32_splat(settings, 24));
    }
    let mean = v128.load(m);
    let square = v128.load(v);
    mean = mulAdd(mean, v128.load32_splat(settings), f32x4.sub(gradient, mean));
    square = mulAdd(square, v128.load32_splat(settings, 4), f32x4.sub(f32x4.mul(gradient, gradient), square));
    if (tidy) {
      mean = flush(mean);
      square = flush(square);
    }
    v128.store(m, mean);
    v128.store(v, square);
    const root = f32x4.mul(f32x4.sqrt(square), v128.load32_splat(settings, 12));
    const denominator = f32x4.add(root, v128.load32_splat(settings, 16));
    const step = f32x4.div(f32x4.mul(mean, v128.load32_splat(settings, 8)), denominator);
    // With eps = 0 a parameter that never had a gradient is 0 / 0: it stays where it is.
    value = f32x4.sub(value, v128.and(step, f32x4.ne(denominator, ZERO)));
    v128.store(p, value);
    // x - x is 0, or NaN where x is not finite.
    bad = v128.or(bad, f32x4.sub(value, value));
  }
  return v128.any_true(bad) ? 0 : 1;
}

/**
 * One step of gradient descent over n parameters, n a multiple of 8; without momentum when `v` is 0.
 * `settings` points to five numbers: rate, penalty, the shares of the old velocity and of the gradient in
 * the new one, and momentum with nesterov, else 0. `tidy`, result and what is left in g as in adam.
 */
export function sgd(p: usize, g: usize, v: usize, n: u32, settings: usize, tidy: u32): u32 {
  const ahead = f32.load(settings, 16) != 0;
  let bad = ZERO;
  for (const end = p + (<usize>n << 2); p < end; p += 16, g += 16) {
    let value = v128.load(p);
    const gradient = mulAdd(v128.load(g), value, v128.load32_splat(settings, 4));
    v128.store(g, value);
    let direction = gradient;
    if (v) {
      direction = f32x4.mul(v128.load(v), v128.load32_splat(settings, 8));
      direction = mulAdd(direction, gradient, v128.load32_splat(settings, 12));
      if (tidy) direction = flush(direction);
      v128.store(v, direction);
      v += 16;
      if (ahead) direction = mulAdd(gradient, direction, v128.load32_splat(settings, 16));
    }
    value = f32x4.sub(value, f32x4.mul(direction, v128.load32_splat(settings)));
    v128.store(p, value);
    bad = v128.or(bad, f32x4.sub(value, value));
  }
  return v128.any_true(bad) ? 0 : 1;
}
