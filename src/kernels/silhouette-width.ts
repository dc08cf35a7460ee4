/** Silhouette width of a row, -1 to 1, from its mean distances to its own and to the nearest other cluster; 0 without such a cluster. */
export function silhouetteWidth(own: number, nearest: number): number {
  const larger = Math.max(own, nearest);
  return larger > 0 && nearest < Infinity ? (nearest - own) / larger : 0;
}
