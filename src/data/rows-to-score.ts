/** Multiplications that scoring some rows against all may cost. */
const EFFORT = 2e9;
const FEWEST = 100;

/** How many rows are scored, each against all, where comparing all pairs is too much; n or fewer. */
export function rowsToScore({ n, d }: { readonly n: number; readonly d: number }): number {
  return Math.min(n, Math.max(FEWEST, Math.floor(EFFORT / (n * d))));
}
