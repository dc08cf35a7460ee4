import { UndefinedMetricError } from '../../core/errors.js';
import { Rng } from '../../core/rng.js';
import type { Part } from '../../data/row-sample.js';
import { eachFold } from './each-fold.js';
import { scoreCuts } from './grouping-scores.js';

/** What is tried, and how often. */
export interface Setup {
  readonly folds: number;
  readonly groups: readonly number[];
  readonly permutations: number;
  readonly seed: number;
}

/** Scores of every labeling, fold and number of groups: [labeling][fold * groups + position]. */
export interface Scores {
  readonly silhouette: Float64Array[];
  readonly accuracy: Float64Array[];
}

/** Scores of the labels and of permuted ones, on each fold that is held out. */
export function scoreFolds(
  where: string,
  part: Part,
  rows: Float64Array,
  fold: Int32Array,
  squared: boolean,
  setup: Setup,
): Scores {
  const { n, d, k } = part;
  const { folds, groups, permutations, seed } = setup;
  const rng = new Rng(seed + 1);
  const members = Array.from({ length: folds }, (_, f) => {
    return Int32Array.from({ length: n }, (_, i) => i).filter((i) => fold[i] === f);
  });
  if (members.some((held) => held.length === 0)) {
    throw new UndefinedMetricError(
      'undefined-metric',
      `${where}: every fold needs rows to hold out, got ${n} rows in ${k} classes for ${folds} folds; lower folds or raise minClassSize`,
    );
  }
  // Dealt out inside each fold, so that every fold keeps the classes that it holds.
  const labelings = [part.labels];
  for (let p = 0; p < permutations; p++) {
    const dealt = part.labels.slice();
    for (const held of members) {
      const own = rng.shuffle(Int32Array.from(held, (i) => part.labels[i]!));
      held.forEach((i, position) => {
        dealt[i] = own[position]!;
      });
    }
    labelings.push(dealt);
  }
  const width = folds * groups.length;
  const silhouette = labelings.map(() => new Float64Array(width));
  const accuracy = labelings.map(() => new Float64Array(width));
  eachFold({ rows, n, d, k, members }, squared, labelings, (p, f, sums, tree) => {
    const from = f * groups.length;
    const to = from + groups.length;
    scoreCuts(tree, k, groups, sums, silhouette[p]!.subarray(from, to), accuracy[p]!.subarray(from, to));
  });
  return { silhouette, accuracy };
}
