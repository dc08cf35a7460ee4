import { resolveMetric } from '../../distance/metric.js';
import { distanceSource } from '../../distance/source.js';
import { participationRatio } from '../participation-ratio.js';
import type { Context, FindingMaker } from './context.js';
import { FROM_ZERO, percent, say, untested } from './words.js';

/** Skewness of the neighbour counts above which rows count as hubs (Radovanovic et al. 2010). */
const SKEWED = 1;
const NEIGHBORS = 10;

/** How often each row is among the nearest of another. */
function occurrences({ sample, metric }: Context, neighbors: number): Int32Array {
  const { n, d, points } = sample;
  const source = distanceSource('diagnose', points, n, d, resolveMetric('diagnose', metric));
  const distances = new Float64Array(n);
  const counts = new Int32Array(n);
  const rows = new Int32Array(neighbors);
  const gaps = new Float64Array(neighbors);
  for (let i = 0; i < n; i++) {
    source.fill(i, 0, n, distances, 0);
    gaps.fill(Infinity);
    for (let j = 0; j < n; j++) {
      if (j === i || distances[j]! >= gaps[neighbors - 1]!) continue;
      let at = neighbors - 1;
      while (at > 0 && gaps[at - 1]! > distances[j]!) {
        gaps[at] = gaps[at - 1]!;
        rows[at] = rows[at - 1]!;
        at--;
      }
      gaps[at] = distances[j]!;
      rows[at] = j;
    }
    for (const j of rows) counts[j]!++;
  }
  return counts;
}

function skewness(counts: Int32Array): number {
  const n = counts.length;
  const mean = counts.reduce((sum, v) => sum + v, 0) / n;
  let second = 0;
  let third = 0;
  for (const v of counts) {
    second += (v - mean) ** 2 / n;
    third += (v - mean) ** 3 / n;
  }
  return second === 0 ? 0 : third / (second * Math.sqrt(second));
}

export const dimension: FindingMaker = (context) => {
  const about = {
    id: 'dimension' as const,
    title: 'Dimension and hubs',
    hypothesis: 'So many dimensions blur the distances: a few rows are the neighbours of very many others.',
  };
  const { sample, square } = context;
  const { n, d } = sample;
  const neighbors = Math.min(NEIGHBORS, Math.floor(n / 5));
  if (neighbors < 2) return untested(about, 'hubness', `hubs cannot be told among ${n} rows`);
  const counts = occurrences(context, neighbors);
  const skew = skewness(counts);
  // Standard error of a skewness under normality; hubs make it larger, which only delays a verdict.
  const error = 1.645 * Math.sqrt(6 / n);
  const rank = square ? null : participationRatio(sample.points, n, d);
  const largest = counts.reduce((most, v) => Math.max(most, v), 0);
  const never = counts.filter((v) => v === 0).length / n;
  const verdict = skew - error > SKEWED ? 'confirmed' : skew + error < SKEWED ? 'rejected' : 'inconclusive';
  return {
    ...about,
    verdict,
    severity: verdict !== 'confirmed' ? 'info' : skew > 3 ? 'medium' : 'low',
    summary:
      `The ${neighbors}-neighbour counts have skewness ${say(skew)}; the largest hub is a neighbour of ${say(largest)} rows, ${percent(never)} of rows of none.` +
      (rank === null ? '' : ` The ${say(d)} columns act as ${say(rank)}.`),
    evidence: [
      {
        name: 'hubness',
        text: `Skewness of how often a row is among the ${neighbors} nearest of another`,
        value: skew,
        range: [null, null],
        better: 'lower',
        interval: { low: skew - error, high: skew + error, level: 0.9 },
        test: 'k-occurrence skewness (Radovanovic et al. 2010)',
        ...context.note,
      },
      {
        name: 'largestHub',
        text: 'Largest count',
        value: largest,
        unit: 'rows',
        range: [neighbors, n],
        test: 'k-occurrence',
        ...context.note,
      },
      {
        name: 'neverNeighbor',
        text: 'Share of rows that are no neighbour of any',
        value: never,
        unit: 'share',
        range: [0, 1],
        test: 'k-occurrence',
        ...context.note,
      },
      rank === null
        ? {
            name: 'effectiveRank',
            text: 'Effective rank',
            value: null,
            reason: 'distances were given in place of coordinates',
            test: 'participation ratio',
          }
        : {
            name: 'effectiveRank',
            text: 'Effective rank: (sum of variances)^2 over the sum of squared variances of the principal axes',
            value: rank,
            unit: 'columns',
            range: FROM_ZERO,
            test: 'participation ratio of the covariance',
            ...context.note,
          },
      { name: 'columns', text: 'Columns', value: d, unit: 'columns', range: [1, null], test: 'count' },
    ],
    tables: [],
    changesIf: `Confirmed when the skewness is above ${SKEWED} beyond its error of ${say(error)}.`,
    recommendation:
      verdict === 'confirmed'
        ? {
            text: 'Compare with an angular metric, and with the rows projected on their first principal components.',
            call: "diagnose({ points, labels }, { metric: 'cosine' })",
            command: 'clusterlens diagnose DATA --metric cosine',
          }
        : null,
  };
};
