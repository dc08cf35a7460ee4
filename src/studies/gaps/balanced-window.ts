/** Share of the rows of a group, from the border on, that the window holds at most. */
const NEARER = 0.75;

/**
 * Which rows lie in the window on the line that holds as many rows of the larger group, from the border on, as
 * the smaller has. A mode of few rows beside one of many hardly dips; in the window both weigh the same, and a
 * piece of a distribution with one mode has one mode. The quarter of each group that is farthest from the border
 * is left out: there the way of a ring or of a rolled sheet may lead back beside itself.
 *
 * @param at places, the first group on the side of the smaller ones.
 * @param first how many of the rows, in front, are of the first group.
 */
export function balancedWindow(at: Float64Array, first: number): Int32Array {
  const second = at.length - first;
  const all = Int32Array.from(at.keys());
  if (first === 0 || second === 0) return all;
  const before = at.slice(0, first).sort();
  const after = at.slice(first).sort();
  const low = before[Math.max(first - second, Math.floor(first * (1 - NEARER)))]!;
  const high = after[Math.min(first, Math.ceil(second * NEARER)) - 1]!;
  return all.filter((j) => at[j]! >= low && at[j]! <= high);
}
