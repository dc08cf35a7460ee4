import type { Label, Labels, Points, ReadLabel } from '../core/types.js';
import type { Dataset } from '../data/dataset.js';
import { nothingMore } from '../data/options.js';
import {
  prepareSilhouette,
  type SilhouetteOptions,
  type SilhouetteResult,
  silhouetteOf,
} from '../metrics/internal/silhouette.js';
import { PARALLEL_OPTIONS, type ParallelOptions, readControl } from './control.js';
import { meansInThreads } from './means.js';

/**
 * `silhouette` of the main entry, computed by several threads. The result is the same to the last bit for any
 * number of `threads`. Metric functions, precomputed distances and small inputs are computed on the calling thread,
 * in slices, so that other events can run in between.
 *
 * Cost: that of `silhouette`, spread over the threads; one copy of the points for all threads
 * together (one for each in pages that are not cross-origin isolated).
 *
 * Rejects with the errors of `silhouette`; InputError for a bad option; the reason of `signal`.
 *
 * @example
 * import { silhouette } from 'clusterlens/parallel';
 * const points = [[0], [1], [5], [6]];
 * const { score } = await silhouette(points, ['a', 'a', 'b', 'b'], { threads: 2 });
 * console.log(score.toFixed(3)); // 0.798
 */
export function silhouette<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: SilhouetteOptions & ParallelOptions,
): Promise<SilhouetteResult<ReadLabel<L>>>;
export function silhouette<L extends Label>(
  dataset: Dataset<L>,
  options?: SilhouetteOptions & ParallelOptions,
): Promise<SilhouetteResult<L>>;
export async function silhouette(
  first: unknown,
  second?: unknown,
  third?: unknown,
  ...more: []
): Promise<SilhouetteResult> {
  nothingMore('silhouette', more, [first, second, third]);
  const prepared = prepareSilhouette(first, second, third, PARALLEL_OPTIONS, 'copy');
  const control = readControl(prepared.where, prepared.options);
  return silhouetteOf(prepared, await meansInThreads(prepared, control));
}
