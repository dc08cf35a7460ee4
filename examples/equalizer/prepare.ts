import { filterByClassSize } from 'clusterlens';
import { type Configuration, HELD_OUT } from './configurations.js';
import type { Corpus } from './corpus.js';
import { mergeClasses } from './merge.js';
import { stratifiedSplit } from './split.js';
import { fitStandardizer, standardize } from './standardize.js';
import type { Part } from './train-configuration.js';

export interface Prepared {
  readonly training: Part;
  readonly heldOut: Part;
  /** Original terms of the rows, in the same order. */
  readonly trainingTerms: readonly string[];
  readonly heldOutTerms: readonly string[];
  /** Groups of terms, where terms were merged. */
  readonly groups: ReadonlyArray<readonly string[]> | null;
}

/**
 * Selects, splits and standardises the rows of a configuration. Means, deviations and merged groups
 * are taken from the training rows alone.
 */
export function prepare(corpus: Corpus, configuration: Configuration, seed: number): Prepared {
  const { indices } = filterByClassSize(corpus.labels, { min: configuration.minimumExamples });
  const rows = Array.from(indices, (i) => corpus.rows[i]!);
  const terms = Array.from(indices, (i) => corpus.labels[i]!);
  const split = stratifiedSplit(terms, { heldOut: HELD_OUT, seed });
  const pick = <T>(values: readonly T[], chosen: ArrayLike<number>) => Array.from(chosen, (i) => values[i]!);
  const standardizer = fitStandardizer(pick(rows, split.training));
  const trainingPoints = standardize(pick(rows, split.training), standardizer);
  const heldOutPoints = standardize(pick(rows, split.heldOut), standardizer);
  const trainingTerms = pick(terms, split.training);
  const heldOutTerms = pick(terms, split.heldOut);
  const merged = configuration.mergeClasses ? mergeClasses(trainingPoints, trainingTerms, seed) : null;
  const labelled = (names: readonly string[]) => (merged === null ? names : names.map((term) => merged.groupOf(term)));
  return {
    training: { points: trainingPoints, labels: labelled(trainingTerms) },
    heldOut: { points: heldOutPoints, labels: labelled(heldOutTerms) },
    trainingTerms,
    heldOutTerms,
    groups: merged?.groups ?? null,
  };
}
