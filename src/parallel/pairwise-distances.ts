import { allocate } from '../core/allocate.js';
import type { Points } from '../core/types.js';
import { isPrecomputed, squareOf } from '../data/condensed.js';
import { checkOptions, nothingMore } from '../data/options.js';
import { readPoints } from '../data/points.js';
import { fillMatrix, placeRows } from '../distance/matrix-rows.js';
import { resolveMetric } from '../distance/metric.js';
import {
  DIRECTED,
  isSymmetric,
  type PairwiseDistances,
  type PairwiseDistancesOptions,
} from '../distance/pairwise-distances.js';
import { rowRuns } from '../distance/row-runs.js';
import { PARALLEL_OPTIONS, type ParallelOptions, readControl } from './control.js';
import { inOneStep } from './jobs.js';
import { LEAST_PER_NUMBER } from './least-work.js';
import { runWork } from './run-work.js';
import { sourceInput } from './source-input.js';

/** The result of a run that stands in its place already. */
const NOTHING = new Float64Array(0);

/**
 * `pairwiseDistances` of the main entry, computed by several threads. The matrix is the same to the last bit for
 * any number of `threads`. The calling thread computes metric functions, precomputed distances, small inputs, and
 * inputs of fewer than 256 columns, for which collecting the matrix costs more than the distances. It works in
 * slices, so that other events can run in between.
 *
 * Cost: that of `pairwiseDistances`, spread over the threads.
 *
 * Rejects with the errors of `pairwiseDistances`; InputError for a bad option; the reason of `signal`.
 *
 * @example
 * import { pairwiseDistances } from 'clusterlens/parallel';
 * const { data, rows } = await pairwiseDistances([[0, 0], [3, 4]], { threads: 2 });
 * console.log(rows, data); // 2 Float64Array(4) [ 0, 5, 5, 0 ]
 */
export async function pairwiseDistances(
  points: Points,
  options?: PairwiseDistancesOptions & ParallelOptions,
  ...more: []
): Promise<PairwiseDistances> {
  nothingMore('pairwiseDistances', more, [points, options]);
  const where = 'pairwiseDistances';
  const given = checkOptions(where, options, ['metric', ...PARALLEL_OPTIONS]);
  const table = readPoints(where, isPrecomputed(given.metric) ? squareOf(where, points) : points);
  const { data: rows, n, d } = table;
  const control = readControl(where, given);
  const metric = resolveMetric(where, given.metric, true);
  const { source, portable, perPair } = sourceInput(where, { points: rows, n, d }, metric);
  const data = allocate(where, `${n} x ${n} distances`, () => new Float64Array(n * n));
  await runWork(
    {
      job: { kind: 'distances', source },
      tasks: rowRuns(n),
      pairs: (run) => run.length * n,
      perPair,
      portable: portable && perPair >= LEAST_PER_NUMBER,
      openHere() {
        const distances = metric.source(where, { points: rows, n, d }, DIRECTED);
        return inOneStep((run) => {
          fillMatrix(distances, [run], data);
          return NOTHING;
        });
      },
      merge(numbers, run) {
        if (numbers !== NOTHING) placeRows(data, n, run, numbers);
      },
    },
    control,
  );
  return { data, rows: n, columns: n, symmetric: isSymmetric({ symmetric: metric.symmetric, n }, data) };
}
