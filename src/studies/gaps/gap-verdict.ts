import { dipTest } from '../../statistics/dip.js';
import { normalQuantile } from '../../statistics/normal-quantile.js';
import { normalTail } from '../../statistics/normal-tail.js';
import type { BenchmarkOf } from './benchmark.js';
import { CROSSED } from './crossing.js';
import type { ClusterGaps, CrossedBorders, LineGap, NeighborsTell } from './gap-types.js';

/** Shares of the expected gaps from which the labels mark groups, and up to which they cut one cloud. */
const GROUPS = 2 / 3;
const CLOUD = 1 / 3;

/** The z that a standard normal exceeds with this probability; a simulated probability of 0 or 1 is none. */
function scoreOf(tail: number): number {
  const within = Math.max(1e-15, Math.min(tail, 0.995));
  return within <= 0.5 ? normalQuantile(within) : -normalQuantile(1 - within);
}

/** Stouffer (1949): the sum of normal scores over the root of their number. */
function combined(tails: readonly number[]): number {
  return normalTail(tails.reduce((sum, tail) => sum + scoreOf(tail), 0) / Math.sqrt(tails.length));
}

/** Correlation that is granted to what a line and the near rows of the same pair say. */
const ALIKE = 0.5;

/** Chance that two normal groups with a Bayes error of 3% show as little of a gap, by the line and by near rows together. */
export function pairTail(line: number, neighbors: NeighborsTell | null): number {
  if (neighbors === null) return line;
  return normalTail((scoreOf(line) + scoreOf(neighbors.p)) / Math.sqrt(2 + 2 * ALIKE));
}

/**
 * The tail of all places together, by the line that shows a gap best. Places are counted from border to centre,
 * so that gaps of several pairs lie upon each other: pairs of few rows, of which none tells much, tell together.
 */
function together(all: readonly LineGap[], benchmark: BenchmarkOf): number {
  const gaps = all.filter(({ reliability }) => reliability > 0);
  const lines = new Set(gaps.flatMap(({ placesOf }) => [...placesOf.keys()]));
  let [p, rows] = [1, 0];
  for (const line of lines) {
    const places = Float64Array.from(gaps.flatMap(({ placesOf }) => [...(placesOf.get(line) ?? [])]));
    if (places.length === 0) continue;
    p = Math.min(p, dipTest(places).p);
    rows = Math.max(rows, places.length);
  }
  const total = gaps.reduce((sum, gap) => sum + gap.rows, 0);
  const reliability = gaps.reduce((sum, gap) => sum + (gap.rows / Math.max(1, total)) * gap.reliability, 0);
  return benchmark(Math.floor(rows / 2), Math.ceil(rows / 2), reliability).tail(p);
}

/** Whether neighbours cross the borders less often than those of normal groups that touch. */
export function rarelyCrossed(crossing: CrossedBorders | null): boolean {
  return crossing !== null && crossing.ratio < CROSSED;
}

/** What is asked only where the lines tell too little. */
interface Asked {
  readonly neighbors: () => NeighborsTell | null;
  /** Of all pairs, or of those without a gap. */
  readonly crossing: (which: 'all' | 'without') => CrossedBorders | null;
  /** Whether a rule of the points made the labels: of others, rows on the wrong side are crossings as well. */
  readonly exact: () => boolean;
}

/** Ways to see too little of gaps; p is corrected for the choice. */
const WAYS = 4;

/** The verdict for all pairs, see `ClusterGaps.verdict`; `found` of them have a gap. */
export function gapVerdict(
  gaps: readonly LineGap[],
  found: number,
  alpha: number,
  asked: Asked,
  benchmark: BenchmarkOf,
): Pick<ClusterGaps, 'verdict' | 'share' | 'found' | 'expected' | 'p' | 'neighbors' | 'crossing'> {
  const expected = gaps.reduce((sum, { power }) => sum + power, 0);
  const share = expected > 0 ? Math.min(1, found / expected) : found > 0 ? 1 : null;
  const lines = gaps.length === 0 ? 1 : Math.min(combined(gaps.map(({ tail }) => tail)), together(gaps, benchmark));
  const told = { share, found, expected, p: Math.min(1, WAYS * lines), neighbors: null, crossing: null };
  if (found > 0 && share !== null && share >= GROUPS) {
    // Where lines would show few of the gaps, the ones that they show say little of the other borders.
    const others = expected < CLOUD * gaps.length && asked.exact() ? asked.crossing('without') : null;
    return others !== null && others.p <= alpha
      ? { verdict: 'mixed', ...told, crossing: others }
      : { verdict: 'groups', ...told };
  }
  const neighbors = told.p > alpha ? asked.neighbors() : null;
  const near = Math.min(told.p, WAYS * (neighbors?.p ?? 1));
  if (near <= alpha && share !== null && share > CLOUD) return { verdict: 'mixed', ...told, neighbors, p: near };
  const crossing = asked.crossing('all');
  const p = near > alpha && crossing !== null && asked.exact() ? Math.min(near, WAYS * crossing.p) : near;
  // Lines may pass groups by; what neighbours tell, they tell of any shape.
  const crossed = crossing !== null && !rarelyCrossed(crossing);
  return { verdict: p <= alpha && crossed ? 'one-cloud' : 'undecided', ...told, neighbors, p, crossing };
}
