import type { LabelHierarchy } from './hierarchy-types.js';

/** The number of groups with the highest held-out silhouette, of those that are better than chance; null without one. */
export function clearestGroups({ scores, alpha }: LabelHierarchy): number | null {
  const held = scores.filter(({ p }) => p <= alpha);
  if (held.length === 0) return null;
  return held.reduce((top, one) => (one.silhouette.mean > top.silhouette.mean ? one : top)).groups;
}
