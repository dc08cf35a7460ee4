/**
 * Entropy rank: exp of the entropy of singular values (largest first) taken as shares of their sum; 0
 * for the zero matrix. Roy and Vetterli 2007 (EUSIPCO, pages 606-610) call it effective rank. It weighs
 * the singular values themselves and not their squares as `effectiveRank` does, so weak directions count
 * more and it is never the smaller of the two.
 */
export function entropyRank(singularValues: Float64Array): number {
  // Shares of the largest first: the sum of huge values must not overflow.
  const largest = singularValues[0]!;
  if (largest === 0) return 0;
  const sum = singularValues.reduce((total, value) => total + value / largest, 0);
  let entropy = 0;
  for (const value of singularValues) {
    const share = value / largest / sum;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}
