import { mulAdd } from './lanes';

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
