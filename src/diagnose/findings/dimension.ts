import { countText, numberText, percentText } from '../../core/words.js';
import { eachRow } from '../../distance/each-row.js';
import { resolveMetric } from '../../distance/metric.js';
import type { DistanceSource } from '../../distance/source.js';
import { nearestFew, shareOfLast } from '../../kernels/nearest-few.js';
import { effectiveRank, effectiveRankOfDistances } from '../../statistics/effective-rank.js';
import { meanOf } from '../../statistics/mean.js';
import { areHeld } from '../distances-of.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { callOf, commandOf, diagnoseCall } from './recommended.js';
import { countOf, FROM_ZERO, finding, LOWER, measuredBy, SHARE, sayRows, untested } from './words.js';

/** Skewness of the neighbour counts above which rows count as hubs (Radovanovic et al. 2010). */
const SKEWED = 1;
/** Directions from which on distances concentrate: below, hubs come from outliers and uneven density (docs/threshold-rates.md). */
const MANY = 10;
/** Neighbour agreement between chance (0) and perfect (1), from which on distances tell the classes apart. */
const TELLS = 0.5;
const NEIGHBORS = 10;

/**
 * How often each row is among the nearest of another. Rows that tie for the last place share it, so
 * that the order of equal rows makes no hubs.
 */
function occurrences(source: DistanceSource, neighbors: number): Float64Array {
  const { n } = source;
  const counts = new Float64Array(n);
  const few = nearestFew(neighbors);
  eachRow(source, (i, distances) => {
    distances[i] = Infinity;
    few.read(distances);
    const last = few.gaps[neighbors - 1]!;
    const room = shareOfLast(few, distances);
    for (let j = 0; j < n; j++) if (distances[j]! <= last) counts[j]! += distances[j] === last ? room : 1;
  });
  return counts;
}

/** Where the distances are held and Euclidean they tell as much as the columns, at once. */
function rankOf({ sample, fitted, metricName, distances }: Context): number {
  const { points, n, d } = sample;
  const held = metricName === 'euclidean' && areHeld(sample, resolveMetric('diagnose', fitted));
  return held ? effectiveRankOfDistances((visit) => eachRow(distances(), visit), n, d) : effectiveRank(points, n, d);
}

function skewness(counts: Float64Array): number {
  const n = counts.length;
  const mean = meanOf(counts);
  let second = 0;
  let third = 0;
  for (const v of counts) {
    second += (v - mean) ** 2 / n;
    third += (v - mean) ** 3 / n;
  }
  // Shares of ties add up to equal counts only up to rounding.
  return second <= 1e-20 * mean * mean ? 0 : third / (second * Math.sqrt(second));
}

const about = {
  id: 'dimension',
  title: 'Dimension and hubs',
  hypothesis: 'So many dimensions blur the distances: a few rows are the neighbours of very many others.',
} as const;

const make: FindingMaker = (context) => {
  const { sample, square, note, metricName } = context;
  const { n, d } = sample;
  const neighbors = Math.min(NEIGHBORS, Math.floor(n / 5));
  if (neighbors < 2) return untested(about, 'hubness', `hubs cannot be told among ${countText(n, 'row')}`);
  const counts = occurrences(context.distances(), neighbors);
  const skew = skewness(counts);
  // Standard error of a skewness under normality; hubs make it larger, which only delays a verdict.
  const error = 1.645 * Math.sqrt(6 / n);
  const rank = square ? null : rankOf(context);
  const largest = counts.reduce((most, v) => Math.max(most, v), 0);
  const never = counts.filter((v) => v === 0).length / n;
  const found = context.significance();
  const agreement = 'reason' in found ? null : found.neighborAgreement;
  const few = (rank ?? Infinity) < MANY;
  const tells = agreement !== null && agreement.p < context.alpha && agreement.adjusted >= TELLS;
  // Without classes that can be told at all, it cannot be told whether hubs blur them.
  const blind = agreement === null || agreement.p >= context.alpha;
  const hubness = skew - error > SKEWED ? 'confirmed' : skew + error < SKEWED ? 'rejected' : 'inconclusive';
  const verdict = few || tells ? 'rejected' : blind && hubness === 'confirmed' ? 'inconclusive' : hubness;
  const why =
    hubness !== 'confirmed'
      ? ''
      : few
        ? ` So few directions blur no distances; such hubs come from outliers or uneven density.`
        : tells
          ? ` Still the distances tell the classes apart: the nearest neighbour has the same label in ${percentText(agreement.observed)} of rows (chance ${percentText(agreement.null.mean)}).`
          : blind
            ? ` The labels agree with their neighbours no more than by chance, so that it cannot be told whether the hubs blur them.`
            : '';
  const hubs = measuredBy('k-occurrence', note);
  const rankTest = measuredBy('participation ratio of the variances along the principal axes', note);
  const angular = metricName === 'cosine' || metricName === 'correlation';
  return finding(about, verdict, verdict !== 'confirmed' ? 'info' : skew > 3 ? 'medium' : 'low', {
    summary:
      `Each row has ${neighbors} nearest neighbours; how often a row is one has skewness ${numberText(skew)}. The largest hub is a neighbour of ${countText(largest, 'row')}, ` +
      `and ${percentText(never)} of rows are a neighbour of none${sayRows(note)}.` +
      (rank === null ? '' : ` The ${countText(d, 'column')} ${d === 1 ? 'acts' : 'act'} as ${numberText(rank)}.`) +
      why,
    evidence: [
      measuredBy('k-occurrence skewness (Radovanovic et al. 2010)', note)(
        'hubness',
        `Skewness of how often a row is among the ${neighbors} nearest of another`,
        skew,
        { range: [null, null], ...LOWER, interval: { low: skew - error, high: skew + error, level: 0.9 } },
      ),
      hubs('largestHub', 'Largest count', largest, countOf('rows', n)),
      hubs('neverNeighbor', 'Share of rows that are no neighbour of any', never, SHARE),
      rank === null
        ? rankTest('effectiveRank', 'Effective rank', null, { reason: 'distances were given in place of coordinates' })
        : rankTest(
            'effectiveRank',
            'Effective rank: (sum of variances)^2 over the sum of squared variances of the principal axes',
            rank,
            { unit: 'columns', ...FROM_ZERO },
          ),
      measuredBy('count')('columns', 'Columns', d, countOf('columns', null, 1)),
    ],
    changesIf: `Confirmed when the skewness is above ${SKEWED} beyond its error of ${numberText(error)}, the columns act as ${MANY} or more, and the neighbour agreement is beyond chance and less than half of the way from chance to 1; rejected when one of these is not so.`,
    recommendation:
      verdict !== 'confirmed'
        ? null
        : angular || square
          ? {
              text: 'Judge the classes by several neighbours in place of the nearest one, and compare with the rows projected on their first principal components.',
              call: callOf(context, 'confusability', {
                k: neighbors,
                standardize: context.standardized || undefined,
              }),
            }
          : {
              text: 'Compare with an angular metric, and with the rows projected on their first principal components.',
              call: diagnoseCall(context, { metric: 'cosine' }),
              command: commandOf(context, 'clusterlens diagnose DATA --metric cosine'),
            },
  });
};

export const dimension: FindingModule = { ...about, make };
