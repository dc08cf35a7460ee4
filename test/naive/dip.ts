/**
 * Least distance of the values' distribution F to a unimodal G, from the definition: for each place of the
 * mode, bisection on the distance t. G must run between F - t and F + t, convex before the mode and concave
 * behind it; a convex function in a band exists when no lower bound lies above a chord of upper bounds.
 */
export function naiveDip(values: readonly number[]): number {
  const n = values.length;
  const x = [...new Set(values)].sort((a, b) => a - b);
  const below = x.map((v) => values.filter((w) => w < v).length / n);
  const upTo = x.map((v) => values.filter((w) => w <= v).length / n);

  /** The least value at `end` of a rising convex function between lo and hi at the places X; Infinity: none. */
  const leastEnd = (X: number[], lo: number[], hi: number[], end: number): number => {
    let least = -Infinity;
    for (let j = 0; j < X.length; j++) {
      for (let k = j; k < X.length; k++) {
        if (lo[j]! > hi[k]! + 1e-15) return Infinity;
        for (let i = 0; i < j && k > j; i++) {
          const chord = hi[i]! + ((X[j]! - X[i]!) / (X[k]! - X[i]!)) * (hi[k]! - hi[i]!);
          if (lo[j]! > chord + 1e-15) return Infinity;
        }
      }
      least = Math.max(least, lo[j]!);
      for (let i = 0; i < j; i++) {
        least = Math.max(least, lo[j]! + ((lo[j]! - hi[i]!) / (X[j]! - X[i]!)) * (end - X[j]!));
      }
    }
    return least;
  };

  const possible = (m: number, t: number): boolean => {
    const left = x.map((_, u) => u).slice(0, m);
    const right = x
      .map((_, u) => u)
      .slice(m + 1)
      .reverse();
    const at = (rows: number[], f: (u: number) => number) => rows.map(f);
    const before = leastEnd(
      at(left, (u) => x[u]!),
      at(left, (u) => upTo[u]! - t),
      at(left, (u) => below[u]! + t),
      x[m]!,
    );
    const after = leastEnd(
      at(right, (u) => -x[u]!),
      at(right, (u) => 1 - below[u]! - t),
      at(right, (u) => 1 - upTo[u]! + t),
      -x[m]!,
    );
    const lowest = Math.max(before, below[m]! - t);
    const highest = Math.min(1 - after, upTo[m]! + t);
    const slack = 1e-13;
    return lowest <= below[m]! + t + slack && highest >= upTo[m]! - t - slack && lowest <= highest + slack;
  };

  const needed = x.map((_, m) => {
    let [none, some] = [0, 1];
    for (let step = 0; step < 45; step++) {
      const middle = (none + some) / 2;
      if (possible(m, middle)) some = middle;
      else none = middle;
    }
    return some;
  });
  return Math.max(1 / (2 * n), Math.min(...needed));
}
