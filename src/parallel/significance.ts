import type { Label, Labels, Points, ReadLabel } from '../core/types.js';
import type { Dataset } from '../data/dataset.js';
import { nothingMore } from '../data/options.js';
import { rowRuns } from '../distance/row-runs.js';
import { addLabelingSums, emptyLabelingSums } from '../studies/significance/labeling-sums.js';
import { prepareSignificance, type SignificanceOptions } from '../studies/significance/significance.js';
import type { SignificanceResult } from '../studies/significance/significance-types.js';
import { PARALLEL_OPTIONS, type ParallelOptions, readControl } from './control.js';
import { runWork } from './run-work.js';
import { sourceInput } from './source-input.js';

/**
 * `significance` of the main entry, computed by several threads. The result is the same to the last bit for any
 * number of `threads`. Metric functions, precomputed distances and small inputs are computed on the calling thread,
 * in slices, so that other events can run in between.
 *
 * Cost: that of `significance`, spread over the threads.
 *
 * Rejects with the errors of `significance`; InputError for a bad option; the reason of `signal`.
 *
 * @example
 * import { significance } from 'clusterlens/parallel';
 * const points = [[0], [1], [2], [3], [10], [11], [12], [13]];
 * const result = await significance(points, [0, 0, 0, 0, 1, 1, 1, 1], { permutations: 999 });
 * console.log(result.silhouette.observed.toFixed(3), result.silhouette.p); // 0.831 0.03
 */
export function significance<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: SignificanceOptions & ParallelOptions,
): Promise<SignificanceResult<ReadLabel<L>>>;
export function significance<L extends Label>(
  dataset: Dataset<L>,
  options?: SignificanceOptions & ParallelOptions,
): Promise<SignificanceResult<L>>;
export async function significance(
  first: unknown,
  second?: unknown,
  third?: unknown,
  ...more: []
): Promise<SignificanceResult> {
  nothingMore('significance', more, [first, second, third]);
  const prepared = prepareSignificance(first, second, third, PARALLEL_OPTIONS, 'copy');
  const { where, scope, metric, labelings } = prepared;
  const { n, k, counts } = scope;
  const control = readControl(where, prepared.options);
  const { source, portable, perPair } = sourceInput(where, scope, metric);
  const total = emptyLabelingSums(labelings.length, k);
  await runWork(
    {
      job: { kind: 'labelings', source, labelings, counts },
      tasks: rowRuns(n),
      pairs: (rows) => rows.length * n,
      perPair: perPair + labelings.length,
      portable,
      merge: (run) => addLabelingSums(total, run),
    },
    control,
  );
  return prepared.finish(total);
}
