const ROWS = 64;

/**
 * All rows in runs of 64, in ascending order. Where sums over rows are taken run by run, they do not
 * depend on who computes which run.
 */
export function rowRuns(n: number): Int32Array[] {
  return Array.from({ length: Math.ceil(n / ROWS) }, (_, run) => {
    return Int32Array.from({ length: Math.min(ROWS, n - run * ROWS) }, (_, s) => run * ROWS + s);
  });
}
