import { normalQuantile } from '../../statistics/normal-quantile.js';
import { normalTail } from '../../statistics/normal-tail.js';
import type { ClusterGaps } from './gap-types.js';

/** Shares of the expected gaps from which the labels mark groups, and up to which they cut one cloud. */
const GROUPS = 2 / 3;
const CLOUD = 1 / 3;

interface Judged {
  readonly gap: boolean;
  readonly power: number;
  readonly tail: number;
}

/** The z that a standard normal exceeds with this probability; a simulated probability of 1 is none. */
function scoreOf(tail: number): number {
  const within = Math.min(tail, 0.995);
  return within <= 0.5 ? normalQuantile(within) : -normalQuantile(1 - within);
}

/** The verdict for all pairs, see `ClusterGaps.verdict`. */
export function gapVerdict(
  pairs: readonly Judged[],
  alpha: number,
): Pick<ClusterGaps, 'verdict' | 'share' | 'found' | 'expected' | 'p'> {
  const found = pairs.filter(({ gap }) => gap).length;
  const expected = pairs.reduce((sum, { power }) => sum + power, 0);
  const share = expected > 0 ? Math.min(1, found / expected) : found > 0 ? 1 : null;
  // Stouffer (1949): the sum of normal scores over the root of their number.
  const scores = pairs.reduce((sum, { tail }) => sum + scoreOf(tail), 0);
  const p = pairs.length === 0 ? 1 : normalTail(scores / Math.sqrt(pairs.length));
  const told = { share, found, expected, p };
  if (found > 0 && share !== null && share >= GROUPS) return { verdict: 'groups', ...told };
  if (p > alpha) return { verdict: 'undecided', ...told };
  return { verdict: share === null || share <= CLOUD ? 'one-cloud' : 'mixed', ...told };
}
