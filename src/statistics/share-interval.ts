/**
 * Wilson's interval (Wilson 1927, doi:10.1080/01621459.1927.10502953) of a share of n rows, by default
 * at 95%. It does not shrink to a point where the share is 0 or 1.
 */
export function shareInterval(share: number, n: number, z = 1.959963984540054): [low: number, high: number] {
  const square = (z * z) / n;
  const centre = (share + square / 2) / (1 + square);
  const half = (z / (1 + square)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n));
  // An ulp must not shut the share itself out.
  return [share === 0 ? 0 : Math.max(0, centre - half), share === 1 ? 1 : Math.min(1, centre + half)];
}

/** Share of rows that are the nearest of their own nearest row: 2/3 in one dimension, 1/2 in many. */
const MUTUAL = 0.5;

/**
 * Independent rows that tell as much of a share of nearest neighbours as `scored` of n rows do: two rows
 * that are nearest to each other agree or disagree together, so both count as one where both were scored.
 */
export function independentNeighbors(scored: number, n: number): number {
  return scored / (1 + (MUTUAL * scored) / n);
}
