import { allocate } from '../core/allocate.js';
import type { FlatMatrix, Points } from '../core/types.js';
import { checkOptions } from '../data/options.js';
import { readPoints } from '../data/points.js';
import { placeRows } from '../distance/matrix-rows.js';
import { resolveMetric } from '../distance/metric.js';
import type { PairwiseDistancesOptions } from '../distance/pairwise-distances.js';
import { rowRuns } from '../distance/row-runs.js';
import { PARALLEL_OPTIONS, type ParallelOptions, readControl } from './control.js';
import { runWork } from './run-work.js';
import { sourceInput } from './source-input.js';

/**
 * `pairwiseDistances` of the main entry by several threads: the same matrix to the last bit, whatever
 * `threads` is. Metric functions, precomputed distances and small inputs are computed on the calling
 * thread, in slices between which other events pass.
 *
 * Cost: that of `pairwiseDistances`, spread over the threads.
 *
 * Rejects with the errors of `pairwiseDistances`; InputError for a bad option; the reason of `signal`.
 */
export async function pairwiseDistances(
  points: Points,
  options?: PairwiseDistancesOptions & ParallelOptions,
): Promise<FlatMatrix & { data: Float64Array }> {
  const where = 'pairwiseDistances';
  const given = checkOptions(where, options, ['metric', ...PARALLEL_OPTIONS]);
  const table = readPoints(where, points);
  const { n } = table;
  const control = readControl(where, given);
  const { source, ...crossing } = sourceInput(
    where,
    { points: table.data, n, d: table.d },
    resolveMetric(where, given.metric),
  );
  const data = allocate(where, `${n} x ${n} distances`, () => new Float64Array(n * n));
  await runWork(
    {
      job: { kind: 'distances', source },
      tasks: rowRuns(n),
      pairs: (rows) => rows.length * n,
      ...crossing,
      merge: (run, rows) => placeRows(data, n, rows, run),
    },
    control,
  );
  return { data, rows: n, columns: n };
}
