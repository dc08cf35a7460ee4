/**
 * P(X >= count) of a binomial with the given trials and probability, summed from the largest term on
 * so that no power under- or overflows. Cost O(trials).
 */
export function binomialTail(count: number, trials: number, probability: number): number {
  if (count <= 0) return 1;
  if (count > trials || probability <= 0) return 0;
  if (probability >= 1) return 1;
  const odds = probability / (1 - probability);
  // Terms relative to that of the mode, in both directions; their whole is the normaliser.
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  let whole = 0;
  let tail = 0;
  let term = 1;
  for (let x = mode; x <= trials && term > 0; x++) {
    whole += term;
    if (x >= count) tail += term;
    term *= ((trials - x) / (x + 1)) * odds;
  }
  term = 1;
  for (let x = mode; x > 0; x--) {
    term *= x / ((trials - x + 1) * odds);
    if (term === 0) break;
    whole += term;
    if (x - 1 >= count) tail += term;
  }
  return Math.min(1, tail / whole);
}
