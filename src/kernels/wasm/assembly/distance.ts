// Distances between packed rows, the twin of ../../plain-fill.ts: the same arithmetic in the same
// order, so the same bits. Rows stand in blocks of four, column by column: column c of row r of a
// block at block + 32 c + 8 r. A tile is one block against one block; vector lanes hold different
// rows of `y`, so each sum runs over the columns in ascending order, as in plain code.

/** Columns taken at a time, so that the slices of 16 rows and of a block fit the first-level cache. */
const SLICE: i32 = 128;
/** Below this share of |x|^2 + |y|^2 the wide form of |x - y|^2 has lost too many digits. */
const CANCELLED: f64 = 0.0625;

/** Sixteen numbers of the kernel's own, before those of the caller. */
const SCRATCH: usize = 0;
const OWN: usize = 128;

const SQUARES: i32 = 0;
const EUCLIDEAN: i32 = 1;
const MANHATTAN: i32 = 2;
const CHEBYSHEV: i32 = 3;
const WIDE: i32 = 4;

// @ts-ignore: decorator
@inline
function step(metric: i32, sum: v128, v: v128, w: v128): v128 {
  if (metric == WIDE) return f64x2.add(sum, f64x2.mul(v, w));
  const e = f64x2.sub(v, w);
  if (metric == MANHATTAN) return f64x2.add(sum, f64x2.abs(e));
  if (metric == CHEBYSHEV) return f64x2.pmax(sum, f64x2.abs(e));
  return f64x2.add(sum, f64x2.mul(e, e));
}

/**
 * Sixteen sums over `width` columns from x and y, begun at 0 or at what `out` holds; with `root` their
 * roots. Of the wide form they are products, which `root` turns into distances.
 */
// @ts-ignore: decorator
@inline
function tile(
  metric: i32,
  x: usize,
  y: usize,
  width: i32,
  d: i32,
  out: usize,
  stride: usize,
  first: bool,
  root: bool,
): void {
  const out1 = out + stride;
  const out2 = out1 + stride;
  const out3 = out2 + stride;
  let a0 = f64x2.splat(0);
  let a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, e0 = a0, e1 = a0;
  if (!first) {
    a0 = v128.load(out);
    a1 = v128.load(out, 16);
    b0 = v128.load(out1);
    b1 = v128.load(out1, 16);
    c0 = v128.load(out2);
    c1 = v128.load(out2, 16);
    e0 = v128.load(out3);
    e1 = v128.load(out3, 16);
  }
  const end = x + (<usize>width << 5);
  while (x < end) {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    let v = v128.load64_splat(x);
    a0 = step(metric, a0, v, y0);
    a1 = step(metric, a1, v, y1);
    v = v128.load64_splat(x, 8);
    b0 = step(metric, b0, v, y0);
    b1 = step(metric, b1, v, y1);
    v = v128.load64_splat(x, 16);
    c0 = step(metric, c0, v, y0);
    c1 = step(metric, c1, v, y1);
    v = v128.load64_splat(x, 24);
    e0 = step(metric, e0, v, y0);
    e1 = step(metric, e1, v, y1);
    x += 32;
    y += 32;
  }
  let anyLost = false;
  if (root && metric == WIDE) {
    // Behind the columns stand the squares of the rows.
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    let lost = f64x2.splat(0);
    let v = v128.load64_splat(x);
    a0 = square(a0, v, y0);
    lost = v128.or(lost, isLost(a0, v, y0));
    a1 = square(a1, v, y1);
    lost = v128.or(lost, isLost(a1, v, y1));
    v = v128.load64_splat(x, 8);
    b0 = square(b0, v, y0);
    lost = v128.or(lost, isLost(b0, v, y0));
    b1 = square(b1, v, y1);
    lost = v128.or(lost, isLost(b1, v, y1));
    v = v128.load64_splat(x, 16);
    c0 = square(c0, v, y0);
    lost = v128.or(lost, isLost(c0, v, y0));
    c1 = square(c1, v, y1);
    lost = v128.or(lost, isLost(c1, v, y1));
    v = v128.load64_splat(x, 24);
    e0 = square(e0, v, y0);
    lost = v128.or(lost, isLost(e0, v, y0));
    e1 = square(e1, v, y1);
    lost = v128.or(lost, isLost(e1, v, y1));
    anyLost = v128.any_true(lost);
  }
  if (root && !anyLost) {
    a0 = f64x2.sqrt(a0);
    a1 = f64x2.sqrt(a1);
    b0 = f64x2.sqrt(b0);
    b1 = f64x2.sqrt(b1);
    c0 = f64x2.sqrt(c0);
    c1 = f64x2.sqrt(c1);
    e0 = f64x2.sqrt(e0);
    e1 = f64x2.sqrt(e1);
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out1, b0);
  v128.store(out1, b1, 16);
  v128.store(out2, c0);
  v128.store(out2, c1, 16);
  v128.store(out3, e0);
  v128.store(out3, e1, 16);
  if (anyLost) rescue(x, y, d, out, stride);
}

// Separate functions, called once per tile, so that engines which compile in stages leave the slow
// code after few calls.

function squares(x: usize, y: usize, width: i32, out: usize, stride: usize, first: bool, root: bool): void {
  tile(SQUARES, x, y, width, 0, out, stride, first, root);
}

function manhattan(x: usize, y: usize, width: i32, out: usize, stride: usize, first: bool): void {
  tile(MANHATTAN, x, y, width, 0, out, stride, first, false);
}

function chebyshev(x: usize, y: usize, width: i32, out: usize, stride: usize, first: bool): void {
  tile(CHEBYSHEV, x, y, width, 0, out, stride, first, false);
}

function wide(x: usize, y: usize, width: i32, d: i32, out: usize, stride: usize, first: bool, root: bool): void {
  tile(WIDE, x, y, width, d, out, stride, first, root);
}

/**
 * Roots of a tile of squares; where a pair has cancelled, its square comes from the differences. x and y
 * are the ends of the d columns, where the squares of the rows stand.
 */
function rescue(x: usize, y: usize, d: i32, out: usize, stride: usize): void {
  squares(x - (<usize>d << 5), y - (<usize>d << 5), d, SCRATCH, 32, true, false);
  for (let r: usize = 0; r < 32; r += 8) {
    const v = v128.load64_splat(x + r);
    for (let h: usize = 0; h < 32; h += 16) {
      const found = v128.load(out + h);
      const exact = v128.load(SCRATCH + (r << 2) + h);
      const lost = isLost(found, v, v128.load(y + h));
      v128.store(out + h, f64x2.sqrt(v128.bitselect(exact, found, lost)));
    }
    out += stride;
  }
}

/** |x|^2 + |y|^2 - 2 x.y. */
// @ts-ignore: decorator
@inline
function square(product: v128, x: v128, y: v128): v128 {
  return f64x2.sub(f64x2.add(x, y), f64x2.add(product, product));
}

/** Whether too many digits of a square have cancelled, from the squares of its rows. */
// @ts-ignore: decorator
@inline
function isLost(square: v128, x: v128, y: v128): v128 {
  return f64x2.lt(square, f64x2.mul(f64x2.add(x, y), f64x2.splat(CANCELLED)));
}

/**
 * Distances from `rows` rows at x to `columns` rows at y, row r to out + stride r. Counts are
 * rounded up to blocks of four. Places and the stride are in numbers, counted from byte 128.
 */
export function fill(metric: i32, x: i32, rows: i32, y: i32, columns: i32, d: i32, out: i32, stride: i32): void {
  const block = <usize>(d + i32(metric == WIDE)) << 5;
  const step = <usize>stride << 3;
  const xs = OWN + (<usize>x << 3);
  const ys = OWN + (<usize>y << 3);
  for (let c = 0; c < d; c += SLICE) {
    const width = min(SLICE, d - c);
    const first = c == 0;
    const last = c + width == d;
    const shift = <usize>c << 5;
    let yj = ys + shift;
    let column = OWN + (<usize>out << 3);
    for (let j = 0; j < columns; j += 4) {
      let xi = xs + shift;
      let o = column;
      for (let i = 0; i < rows; i += 4) {
        if (metric <= EUCLIDEAN) squares(xi, yj, width, o, step, first, last && metric == EUCLIDEAN);
        else if (metric == MANHATTAN) manhattan(xi, yj, width, o, step, first);
        else if (metric == CHEBYSHEV) chebyshev(xi, yj, width, o, step, first);
        else wide(xi, yj, width, d, o, step, first, last);
        xi += block;
        o += step << 2;
      }
      yj += block;
      column += 32;
    }
  }
}

/**
 * Adds a run of distances, which stand at `at` in four rows of `stride`, to the sums of the four rows
 * and, where `columns` is not negative, to the sums of the columns. Every sum takes its numbers in
 * ascending order.
 */
export function add(at: i32, stride: i32, count: i32, sums: i32, columns: i32): void {
  const step = <usize>stride << 3;
  const total = OWN + (<usize>sums << 3);
  let row = OWN + (<usize>at << 3);
  let column = OWN + (<usize>columns << 3);
  let s01 = v128.load(total);
  let s23 = v128.load(total, 16);
  const end = row + (<usize>count << 3);
  for (; row + 16 <= end; row += 16) {
    const v0 = v128.load(row);
    const v1 = v128.load(row + step);
    const v2 = v128.load(row + 2 * step);
    const v3 = v128.load(row + 3 * step);
    s01 = f64x2.add(s01, v128.shuffle<f64>(v0, v1, 0, 2));
    s23 = f64x2.add(s23, v128.shuffle<f64>(v2, v3, 0, 2));
    s01 = f64x2.add(s01, v128.shuffle<f64>(v0, v1, 1, 3));
    s23 = f64x2.add(s23, v128.shuffle<f64>(v2, v3, 1, 3));
    if (columns < 0) continue;
    v128.store(column, f64x2.add(f64x2.add(f64x2.add(f64x2.add(v128.load(column), v0), v1), v2), v3));
    column += 16;
  }
  if (row < end) {
    const v0 = load<f64>(row);
    const v1 = load<f64>(row + step);
    const v2 = load<f64>(row + 2 * step);
    const v3 = load<f64>(row + 3 * step);
    s01 = f64x2.add(s01, f64x2.replace_lane(f64x2.splat(v0), 1, v1));
    s23 = f64x2.add(s23, f64x2.replace_lane(f64x2.splat(v2), 1, v3));
    if (columns >= 0) store<f64>(column, load<f64>(column) + v0 + v1 + v2 + v3);
  }
  v128.store(total, s01);
  v128.store(total, s23, 16);
}
