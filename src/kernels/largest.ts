/** What `largestOf` would find, where the values have been looked through before. Such arrays are not written to. */
const known = new WeakMap<Float64Array, number>();

export function noteLargest(values: Float64Array, largest: number): void {
  known.set(values, largest);
}

/** Largest absolute value. */
export function largestOf(values: Float64Array): number {
  const noted = known.get(values);
  if (noted !== undefined) return noted;
  let largest = 0;
  for (let p = 0; p < values.length; p++) {
    const size = Math.abs(values[p]!);
    if (size > largest) largest = size;
  }
  return largest;
}
