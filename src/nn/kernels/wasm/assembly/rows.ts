import { ZERO } from './lanes';

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
