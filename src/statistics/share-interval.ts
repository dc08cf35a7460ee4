/**
 * Wilson's interval (Wilson 1927, doi:10.1080/01621459.1927.10502953) of a share of n rows, by default
 * at 95%. It does not shrink to a point where the share is 0 or 1.
 */
export function shareInterval(share: number, n: number, z = 1.959963984540054): [low: number, high: number] {
  const square = (z * z) / n;
  const centre = (share + square / 2) / (1 + square);
  const half = (z / (1 + square)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
