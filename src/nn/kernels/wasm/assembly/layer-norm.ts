import { laneSum, mulAdd, ZERO } from './lanes';

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
