import { medianSorted } from 'simple-statistics';

/** The middle value; of an even number of values the point halfway between the middle two. At least one value. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  // The types ask for an array; the function reads by index only.
  return medianSorted(sorted as unknown as number[]);
}
