/**
 * Gini coefficient of k positive counts with sum n: the mean absolute difference between two
 * counts over twice their mean. `descending` are the counts, largest first. In [0, 1 - 1/k].
 */
export function gini(descending: ArrayLike<number>, n: number): number {
  const k = descending.length;
  let sum = 0;
  for (let i = 0; i < k; i++) sum += (k - 1 - 2 * i) * descending[i]!;
  return sum / (k * n);
}
