import { mulAdd, ZERO } from './lanes';

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
