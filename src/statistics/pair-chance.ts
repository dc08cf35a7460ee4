/** Share of the pairs of n rows that have one label, from the sizes of the classes: what a neighbour agrees by chance. */
export function pairChance(counts: ArrayLike<number>, n: number): number {
  let sum = 0;
  for (let c = 0; c < counts.length; c++) sum += (counts[c]! * (counts[c]! - 1)) / (n * (n - 1));
  return sum;
}
