import type { Label, Labels, Points, ReadLabel } from '../core/types.js';
import type { Dataset } from '../data/dataset.js';
import { nothingMore } from '../data/options.js';
import { rowRuns } from '../distance/row-runs.js';
import { emptyNearestRows } from '../metrics/internal/nearest-rows.js';
import {
  type NeighborAgreementOptions,
  type NeighborAgreementResult,
  prepareNeighborAgreement,
} from '../metrics/internal/neighbor-agreement.js';
import { PARALLEL_OPTIONS, type ParallelOptions, readControl } from './control.js';
import { runWork } from './run-work.js';
import { sourceInput } from './source-input.js';

/**
 * `neighborAgreement` of the main entry, computed by several threads. The result is the same to the last bit for
 * any number of `threads`. Metric functions, precomputed distances and small inputs are computed on the calling
 * thread, in slices, so that other events can run in between.
 *
 * Cost: that of `neighborAgreement`, spread over the threads.
 *
 * Rejects with the errors of `neighborAgreement`; InputError for a bad option; the reason of `signal`.
 *
 * @example
 * import { neighborAgreement } from 'clusterlens/parallel';
 * const { score, expected } = await neighborAgreement([[0], [1], [3], [4], [9]], ['a', 'a', 'b', 'b', 'a']);
 * console.log(score, expected); // 0.8 0.4
 */
export function neighborAgreement<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: NeighborAgreementOptions & ParallelOptions,
): Promise<NeighborAgreementResult<ReadLabel<L>>>;
export function neighborAgreement<L extends Label>(
  dataset: Dataset<L>,
  options?: NeighborAgreementOptions & ParallelOptions,
): Promise<NeighborAgreementResult<L>>;
export async function neighborAgreement(
  first: unknown,
  second?: unknown,
  third?: unknown,
  ...more: []
): Promise<NeighborAgreementResult> {
  nothingMore('neighborAgreement', more, [first, second, third]);
  const { where, scope, metric, options, finish } = prepareNeighborAgreement(
    first,
    second,
    third,
    PARALLEL_OPTIONS,
    'copy',
  );
  const control = readControl(where, options);
  const { source, ...crossing } = sourceInput(where, scope, metric);
  const found = emptyNearestRows(scope.n);
  await runWork(
    {
      job: { kind: 'nearest', source, labels: scope.labels },
      tasks: rowRuns(scope.n),
      pairs: (rows) => rows.length * scope.n,
      ...crossing,
      merge(run, rows) {
        found.first.set(run.first, rows[0]!);
        found.tied.set(run.tied, rows[0]!);
        found.matching.set(run.matching, rows[0]!);
      },
    },
    control,
  );
  return finish(found);
}
