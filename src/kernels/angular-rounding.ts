/**
 * What rounding alone can leave of 1 - cos between parallel rows of d columns: unit rows are off by a
 * few units in the last place per column. Angles below it (about 4e-15 radians for 20 columns) are
 * taken as 0, so that rows that differ in length only are at distance 0, whatever their length.
 */
export function angularRounding(d: number): number {
  return 8 * d * Number.EPSILON * Number.EPSILON;
}
