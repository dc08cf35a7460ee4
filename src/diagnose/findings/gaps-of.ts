import type { ClusterGaps } from '../../studies/gaps/gap-types.js';
import type { Context } from './context.js';

/** The gaps between touching classes; null where they could not be looked for. */
export function gapsOf(context: Context): ClusterGaps | null {
  const found = context.gaps();
  return 'reason' in found ? null : found;
}
