import { ZERO } from './lanes';

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
