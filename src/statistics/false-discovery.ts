/**
 * Benjamini and Hochberg (1995) adjusted p-values, in the order of `p`. `tests` is the number of hypotheses;
 * those beyond the length of `p` count as tests with p = 1.
 */
export function benjaminiHochberg(p: readonly number[], tests = p.length): number[] {
  const order = p.map((_, i) => i).sort((a, b) => p[b]! - p[a]!);
  const adjusted = new Array<number>(p.length);
  let least = 1;
  order.forEach((i, position) => {
    least = Math.min(least, (p[i]! * tests) / (p.length - position));
    adjusted[i] = least;
  });
  return adjusted;
}
