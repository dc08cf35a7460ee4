const ROWS = 64;

/** Rows in runs of `size`, in their order. */
export function runsOf(rows: Int32Array, size: number = ROWS): Int32Array[] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, run) => rows.slice(run * size, (run + 1) * size));
}

/**
 * All rows in runs of `size`, in ascending order. Where sums over rows are taken run by run, they do not
 * depend on who computes which run.
 */
export function rowRuns(n: number, size: number = ROWS): Int32Array[] {
  return runsOf(
    Int32Array.from({ length: n }, (_, i) => i),
    size,
  );
}
