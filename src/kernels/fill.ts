/**
 * Distances from one row to a run of rows, four at a time: the first row is then read once for four
 * results, and four independent sums keep the arithmetic units busy. Each sum runs over the columns
 * in ascending order, so a result does not depend on where the run starts or ends.
 *
 * `out[o + t]` receives the distance between the row at `x[xi ..]` and row `j0 + t` of `y`.
 */
export type FillKernel = (
  x: Float64Array,
  xi: number,
  y: Float64Array,
  d: number,
  j0: number,
  j1: number,
  out: Float64Array,
  o: number,
) => void;

export const fillSquaredEuclidean: FillKernel = (x, xi, y, d, j0, j1, out, o) => {
  let j = j0;
  for (; j + 4 <= j1; j += 4) {
    const y0 = j * d;
    const y1 = y0 + d;
    const y2 = y1 + d;
    const y3 = y2 + d;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let c = 0; c < d; c++) {
      const v = x[xi + c]!;
      const e0 = v - y[y0 + c]!;
      const e1 = v - y[y1 + c]!;
      const e2 = v - y[y2 + c]!;
      const e3 = v - y[y3 + c]!;
      s0 += e0 * e0;
      s1 += e1 * e1;
      s2 += e2 * e2;
      s3 += e3 * e3;
    }
    const t = o + j - j0;
    out[t] = s0;
    out[t + 1] = s1;
    out[t + 2] = s2;
    out[t + 3] = s3;
  }
  for (; j < j1; j++) {
    let s = 0;
    for (let c = 0; c < d; c++) {
      const e = x[xi + c]! - y[j * d + c]!;
      s += e * e;
    }
    out[o + j - j0] = s;
  }
};

export const fillEuclidean: FillKernel = (x, xi, y, d, j0, j1, out, o) => {
  fillSquaredEuclidean(x, xi, y, d, j0, j1, out, o);
  for (let t = o; t < o + j1 - j0; t++) out[t] = Math.sqrt(out[t]!);
};

export const fillManhattan: FillKernel = (x, xi, y, d, j0, j1, out, o) => {
  let j = j0;
  for (; j + 4 <= j1; j += 4) {
    const y0 = j * d;
    const y1 = y0 + d;
    const y2 = y1 + d;
    const y3 = y2 + d;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let c = 0; c < d; c++) {
      const v = x[xi + c]!;
      s0 += Math.abs(v - y[y0 + c]!);
      s1 += Math.abs(v - y[y1 + c]!);
      s2 += Math.abs(v - y[y2 + c]!);
      s3 += Math.abs(v - y[y3 + c]!);
    }
    const t = o + j - j0;
    out[t] = s0;
    out[t + 1] = s1;
    out[t + 2] = s2;
    out[t + 3] = s3;
  }
  for (; j < j1; j++) {
    let s = 0;
    for (let c = 0; c < d; c++) s += Math.abs(x[xi + c]! - y[j * d + c]!);
    out[o + j - j0] = s;
  }
};

export const fillChebyshev: FillKernel = (x, xi, y, d, j0, j1, out, o) => {
  for (let j = j0; j < j1; j++) {
    let largest = 0;
    for (let c = 0; c < d; c++) {
      const e = Math.abs(x[xi + c]! - y[j * d + c]!);
      if (e > largest) largest = e;
    }
    out[o + j - j0] = largest;
  }
};
