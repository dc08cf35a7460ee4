/** Any number would do; with this one every run draws the same examples. */
const FIXED = 20260101;

/**
 * The seed of property tests by what CLUSTERLENS_FC_SEED says: nothing for the fixed one, `random` for one
 * of fast-check's own (undefined here), which it prints when a property fails, or a number to replay.
 */
export function propertySeed(asked: string | undefined): number | undefined {
  if (asked === undefined || asked === '') return FIXED;
  if (asked === 'random') return undefined;
  const seed = Number(asked);
  if (!Number.isInteger(seed)) {
    throw new Error(`CLUSTERLENS_FC_SEED must be a whole number or 'random', got '${asked}'`);
  }
  return seed;
}
