/**
 * Which rows lie in the window on the line that holds as many rows of the larger group, from the border on, as
 * the smaller has. A mode of few rows beside one of many hardly dips; in the window both weigh the same, and a
 * piece of a distribution with one mode has one mode.
 *
 * @param at places, the first group on the side of the smaller ones.
 * @param first how many of the rows, in front, are of the first group.
 */
export function balancedWindow(at: Float64Array, first: number): Int32Array {
  const second = at.length - first;
  const all = Int32Array.from(at.keys());
  if (first === second || first === 0 || second === 0) return all;
  if (first > second) {
    const low = at.slice(0, first).sort()[first - second]!;
    return all.filter((j) => at[j]! >= low);
  }
  const high = at.slice(first).sort()[first - 1]!;
  return all.filter((j) => at[j]! <= high);
}
