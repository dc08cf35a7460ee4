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
