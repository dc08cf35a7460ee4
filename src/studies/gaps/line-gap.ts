import { dipTest } from '../../statistics/dip.js';
import { balancedWindow } from './balanced-window.js';
import { type BenchmarkOf, NO_BENCHMARK } from './benchmark.js';
import type { GapLine, LineGap } from './gap-types.js';
import type { LineSpaces } from './line-spaces.js';
import { type PairPositions, pairPositions } from './pair-positions.js';
import { straightened } from './straightened.js';

/** Above this p a line shows no gap at any level that is asked for, and need not be straightened. */
const WORTH = 0.2;
/** Share of rows on the side of their own centre from which a line counts as one between the groups. */
const APART = 0.75;
/** Level at which the power is told. */
const LEVEL = 0.05;

type Placed = Pick<PairPositions, 'at' | 'first'>;

function judge(line: GapLine, { at, first }: Placed, straighten?: () => Float64Array) {
  const places = Float64Array.from(balancedWindow(at, first), (j) => at[j]!).sort();
  const rows = places.length;
  const sizes = [first, at.length - first] as const;
  const apart = at.filter((place, j) => place < 0 === j < first).length / Math.max(1, at.length);
  if (rows === 0) return { p: 1, dip: 0, line, rows, places, sizes, apart };
  let found = dipTest(places);
  if (found.p <= WORTH && straighten !== undefined) {
    const along = dipTest(straighten());
    if (along.p > found.p) found = along;
  }
  return { ...found, line, rows, places, sizes, apart };
}

/** Cosine of the lines between two centres that the two halves give; 0 where one has none. */
function reliability({ d, plain }: LineSpaces, [a, b]: readonly [number, number]): number {
  let [dot, first, second] = [0, 0, 0];
  for (let c = 0; c < d; c++) {
    const [u, v] = plain.map(({ centres }) => centres[b * d + c]! - centres[a * d + c]!) as [number, number];
    dot += u * v;
    first += u * u;
    second += v * v;
  }
  return dot > 0 ? dot / Math.sqrt(first * second) : 0;
}

/** Only the rows of the window, in the same order. */
function windowed(positions: PairPositions): PairPositions {
  const kept = balancedWindow(positions.at, positions.first);
  return {
    ...positions,
    rows: Int32Array.from(kept, (j) => positions.rows[j]!),
    at: Float64Array.from(kept, (j) => positions.at[j]!),
    first: kept.filter((j) => j < positions.first).length,
  };
}

type Pair = readonly [number, number];
type Members = readonly [Int32Array, Int32Array];

/**
 * The dip test along each line between groups a and b, given by their rows: between the centres, between the
 * centres after whitening, and between the parts that face each other (`parts`, places that the caller has).
 */
function linesBetween(
  spaces: LineSpaces,
  pair: Pair,
  members: Members,
  thirds: readonly number[],
  parts: Placed | null,
) {
  const tried = (['plain', 'white'] as const).flatMap((which) => {
    if (which === 'white' && spaces.white === null) return [];
    const positions = pairPositions(spaces, which, pair, members, thirds);
    const straighten = () => straightened(spaces, windowed(positions));
    return [judge(which === 'plain' ? 'centres' : 'whitened', positions, straighten)];
  });
  if (parts !== null) tried.push(judge('parts', parts));
  const best = tried.reduce((least, one) => (one.p < least.p ? one : least));
  return { tried, best, p: Math.min(1, tried.length * best.p) };
}

/** The line between the centres that shows a gap best, with p corrected for the choice. */
export function clearestLine(
  spaces: LineSpaces,
  pair: Pair,
  members: Members,
  thirds: readonly number[],
): Pick<LineGap, 'p' | 'places'> {
  const { p, best } = linesBetween(spaces, pair, members, thirds, null);
  return { p, places: best.places };
}

/** What the lines between two groups show, beside what groups of so many rows would show. */
export function lineGap(
  spaces: LineSpaces,
  pair: Pair,
  members: Members,
  thirds: readonly number[],
  parts: Placed | null,
  benchmark: BenchmarkOf,
): LineGap {
  const { tried, best, p } = linesBetween(spaces, pair, members, thirds, parts);
  const { sizes: _sizes, apart: _apart, ...line } = best;
  // What groups would show is asked of the line that keeps most rows of the smaller group.
  const fewer = ({ sizes: [first, second] }: (typeof tried)[number]) => Math.min(first, second);
  const widest = tried.reduce((most, one) => (fewer(one) > fewer(most) ? one : most)).sizes;
  // A line along which the groups lie mixed is not the one between them: it can show no gap, and none can be missed.
  const straight = Math.max(...tried.map((one) => (one.line === 'parts' ? 0 : one.apart))) >= APART;
  const trust = straight ? reliability(spaces, pair) : 0;
  const { power, tail } = straight ? benchmark(...widest, trust) : NO_BENCHMARK;
  return {
    ...line,
    p,
    power: power(LEVEL / tried.length),
    tail: tail(best.p),
    placesOf: new Map(tried.map(({ line, places }) => [line, places])),
    reliability: trust,
  };
}
