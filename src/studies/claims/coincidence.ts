import type { Convention } from './claim-types.js';
import type { ClaimedNumber } from './claimed-number.js';

/**
 * Probability that a number made up evenly within the range of an index, and written with as many
 * decimals as the claim, is met by one of the conventions that were tried: the length that their values
 * cover, rounding included, over the length of the range. Without an upper bound the range ends at
 * twice the largest value. null for fewer than two conventions with a value. Cost O(m log m).
 */
export function coincidenceOf(
  conventions: readonly Convention[],
  { decimals }: ClaimedNumber,
  [low, most]: readonly [number, number | null],
): number | null {
  const values = conventions.flatMap(({ value }) => (value === null ? [] : [value])).sort((a, b) => a - b);
  if (values.length < 2) return null;
  const half = 0.5 / 10 ** decimals;
  const high = most ?? 2 * values[values.length - 1]!;
  if (high <= low) return null;
  let covered = 0;
  let reached = low;
  for (const value of values) {
    const end = Math.min(high, value + half);
    covered += Math.max(0, end - Math.max(reached, value - half));
    reached = Math.max(reached, end);
  }
  return Math.min(1, covered / (high - low));
}
