import type { Context } from './context.js';

/** Tests of labels against chance beside silhouette and neighbours: class means, single classes, groups of labels. */
export const FURTHER = 3;

/** Whether silhouette or neighbours rise above chance; two indices are looked at, so each is tested at half the level. */
export function risesAboveChance(context: Context): boolean {
  const found = context.significance();
  return !('reason' in found) && 2 * Math.min(found.silhouette.p, found.neighborAgreement.p) <= context.alpha;
}

/**
 * Level of one further test: where neither index rises, three at the whole level each would speak against chance in one
 * of seven worlds where nothing is. Not below the least p that the permutations reach.
 */
export function furtherLevel(context: Context): number {
  const { alpha, permutations } = context;
  return risesAboveChance(context) ? alpha : Math.max(alpha / FURTHER, 1 / (1 + permutations));
}
