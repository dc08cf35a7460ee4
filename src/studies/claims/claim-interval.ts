import { definedOr } from '../../core/attempt.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { fitMetric, resolveMetric } from '../../distance/metric.js';
import { groupJackknife } from '../../statistics/group-jackknife.js';
import { rowOrder } from '../../statistics/row-order.js';
import { independentNeighbors, shareInterval } from '../../statistics/share-interval.js';
import { intervalAround, type SampleError } from '../../statistics/stratified-interval.js';
import { subsampleSize, subsampleSpread } from '../../statistics/subsample.js';
import type { Claimable } from './claim-conventions.js';
import type { Ground } from './claim-trials.js';
import type { ClaimCheck } from './claim-types.js';

const LEVEL = 0.95;
/** Fewest rows that tell something of others. */
const FEWEST = 14;
/** Rows that the jackknife leaves groups out of at most: of pairs, and of single rows, by their coordinates. */
const PAIRED = 800;
const COORDINATES = 5e5;

/** 95% interval of an exact value over other rows of the same kind; null where there is none. */
export function claimInterval(ground: Ground, claimable: Claimable, value: number): ClaimCheck['interval'] {
  const part = ground.first.standardize ? ground.scaled() : ground.raw;
  if (!claimable.interval || part.n < FEWEST) return null;
  if (claimable.share) {
    const [low, high] = shareInterval(value, independentNeighbors(part.n, part.n));
    return { low, high, level: LEVEL };
  }
  // A ratio without upper bound is skewed, and some grow with the number of rows: its logarithm does neither.
  const ratio = claimable.range[1] === null;
  const valueOn = valuesOn(ground, claimable, part, ratio ? Math.log : (found) => found);
  const error = claimable.jumps ? ofSubsamples(ground, part, valueOn) : ofGroups(ground, claimable, part, valueOn);
  if (error === null) return null;
  if (!ratio) return intervalAround(value, error, claimable.range as readonly [number, number], LEVEL);
  const { low, high } = intervalAround(Math.log(value), error, [-Infinity, Infinity], LEVEL);
  return { low: Math.exp(low), high: Math.exp(high), level: LEVEL };
}

/** The index on some rows, NaN where it has no value there. */
function valuesOn(ground: Ground, claimable: Claimable, part: Part, scale: (found: number) => number) {
  // Samples of the rows are measured as all of them are.
  const measured = resolveMetric('verifyClaims', ground.first.metric);
  const metric = fitMetric('verifyClaims', measured, part.points, part.n, part.d).spec;
  return (rows: Int32Array) => {
    const given = { ...ground.first, metric, scored: undefined, firstOnly: true };
    return definedOr(
      () => scale(claimable.compute(partOf(part, rows, ground.first.square), given)[0]!.value),
      () => Number.NaN,
    );
  };
}

type ValueOn = (rows: Int32Array) => number;

/** Of an index that jumps: few rows at a time. */
function ofSubsamples({ first, resamples }: Ground, part: Part, valueOn: ValueOn): SampleError | null {
  const size = subsampleSize(part.n, part.k);
  const order = rowOrder(part, { square: first.square });
  const { standardErrors } = subsampleSpread((subsets) => subsets.map((rows) => [valueOn(rows)]), order, {
    size,
    resamples,
    seed: first.seed,
  });
  const error = standardErrors[0]!;
  return error === null ? null : { standardError: error, freedom: Infinity };
}

/** Of a smooth index: on all rows, or on a sample by class whose error tells that of all. */
function ofGroups(
  { first, resamples }: Ground,
  { quadratic }: Claimable,
  part: Part,
  valueOn: ValueOn,
): SampleError | null {
  const { seed, square } = first;
  const size = quadratic ? PAIRED : Math.max(PAIRED, Math.floor(COORDINATES / part.d));
  const drawn = new Uint8Array(part.n);
  for (const i of sampleRows(part, size, seed, square)) drawn[i] = 1;
  const rows = rowOrder(part, { square }).filter((i) => drawn[i] === 1);
  const error = groupJackknife(valueOn, rows, { groups: resamples, seed });
  if (error === null) return null;
  return { ...error, standardError: error.standardError * Math.sqrt(rows.length / part.n) };
}
